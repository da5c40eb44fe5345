package org.experimaestro.engine;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.experimaestro.engine.provenance.PlanOrigin;
import org.jspecify.annotations.Nullable;

/**
 * The origin of a run, from which it can be repeated; stored in its description. Immutable.
 *
 * @param file the experiment's YAML file, absolute; {@code null} for a run without one
 * @param sha256 the SHA-256 of the file's text, in hexadecimal digits; {@code null} for a run without a file
 * @param settings the merged settings as plain JSON values, without secrets
 * @param overrides the values that the command line sets in place of the file's, each {@code key=value}, without
 *     secrets
 * @param plan the place that the plan has come from
 */
public record RunOrigin(
        @Nullable Path file,
        @Nullable String sha256,
        Map<String, @Nullable Object> settings,
        List<String> overrides,
        PlanOrigin plan) {

    /** The origin of a run whose file and settings are not known. */
    public static final RunOrigin UNKNOWN = new RunOrigin(null, null, Map.of(), List.of(), PlanOrigin.UNKNOWN);

    /**
     * Copies the collections. (A compact constructor would lose, in the class file, that values may be {@code null}.)
     *
     * @param file the YAML file
     * @param sha256 the SHA-256 of its text
     * @param settings the merged settings
     * @param overrides the values that the command line sets
     * @param plan the place that the plan has come from
     */
    public RunOrigin(
            @Nullable Path file,
            @Nullable String sha256,
            Map<String, @Nullable Object> settings,
            List<String> overrides,
            PlanOrigin plan) {
        this.file = file;
        this.sha256 = sha256;
        this.settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        this.overrides = List.copyOf(overrides);
        this.plan = plan;
    }

    /**
     * Returns the file as it is stored; {@code null} if there is none. It is relative if it is in the workspace, so
     * that both can be moved together.
     */
    @Nullable
    String storedFile(Path workspace) {
        if (file == null) {
            return null;
        }
        Path root = workspace.toAbsolutePath().normalize();
        return file.startsWith(root) ? root.relativize(file).toString().replace('\\', '/') : file.toString();
    }
}
