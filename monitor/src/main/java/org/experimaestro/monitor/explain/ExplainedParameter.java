package org.experimaestro.monitor.explain;

import org.experimaestro.monitor.view.StoredConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * A parameter of a stored configuration.
 *
 * @param name the parameter's name
 * @param value a JSON value in which configurations are {@link StoredConfiguration}s; {@code null} for an absent
 *     optional, and for a generated path
 * @param counting the part of the value in the identifier
 * @param detail the generated path, the description of the default, or the reason why the value counts; may be
 *     empty
 * @param isPath whether the value is a path, or holds paths
 */
public record ExplainedParameter(
        String name, @Nullable Object value, IdentifierRole counting, String detail, boolean isPath) {

    ExplainedParameter(String name, @Nullable Object value, IdentifierRole counting, String detail) {
        this(name, value, counting, detail, false);
    }

    /**
     * Returns the same for a parameter of paths. If the value counts, the detail says which part of each path counts.
     */
    ExplainedParameter ofPaths(boolean isContent) {
        String words = counting == IdentifierRole.COUNTED ? PathKind.words(value, isContent) : "";
        String separator = words.isEmpty() || detail.isEmpty() ? "" : "; ";
        return new ExplainedParameter(name, value, counting, words + separator + detail, true);
    }

    /**
     * Returns whether the value entered the identifier, in words.
     *
     * @return part of a sentence; empty if the value counts without condition, and if this is not known
     */
    public String note() {
        return switch (counting) {
            case COUNTED -> detail.isEmpty() ? "" : "counts: " + detail;
            case UNKNOWN -> "";
            case META -> "does not count: " + (detail.isEmpty() ? "meta" : detail);
            case DEFAULT -> "does not count: " + detail;
            case GENERATED_PATH -> "does not count: generated, " + (detail.isEmpty() ? "the job's folder" : detail);
            case COUNTED_UNLESS_DEFAULT -> "counts unless it is " + detail;
        };
    }
}
