package org.experimaestro.monitor.explain;

import org.experimaestro.monitor.view.StoredConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * A parameter of a stored configuration.
 *
 * @param name its name
 * @param value a JSON value in which configurations are {@link StoredConfiguration}s; {@code null} where an optional is
 *     absent, and for a generated path
 * @param counting whether it entered the identifier
 * @param detail more about that: the generated path, the words for a default with what makes it, or why the value counts; or an
 *     empty text
 * @param isPath whether its value is a path, or holds paths
 */
public record ExplainedParameter(
        String name, @Nullable Object value, IdentifierRole counting, String detail, boolean isPath) {

    ExplainedParameter(String name, @Nullable Object value, IdentifierRole counting, String detail) {
        this(name, value, counting, detail, false);
    }

    /** The same for a parameter of paths: a value that counts says what of each path does. */
    ExplainedParameter ofPaths(boolean isContent) {
        String words = counting == IdentifierRole.COUNTED ? PathKind.words(value, isContent) : "";
        String separator = words.isEmpty() || detail.isEmpty() ? "" : "; ";
        return new ExplainedParameter(name, value, counting, words + separator + detail, true);
    }

    /**
     * Says in words whether the value entered the identifier.
     *
     * @return part of a sentence; empty where the value simply counts, and where that is not known
     */
    public String note() {
        return switch (counting) {
            case COUNTED -> detail.isEmpty() ? "" : "counts: " + detail;
            case UNKNOWN -> "";
            case META -> "does not count: meta";
            case DEFAULT -> "does not count: " + detail;
            case GENERATED_PATH -> "does not count: generated, " + (detail.isEmpty() ? "the job's folder" : detail);
            case COUNTED_UNLESS_DEFAULT -> "counts unless it is " + detail;
        };
    }
}
