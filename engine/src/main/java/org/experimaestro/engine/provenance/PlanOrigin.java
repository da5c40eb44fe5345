package org.experimaestro.engine.provenance;

import java.nio.file.Path;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.experimaestro.core.git.DirtyGit;
import org.jspecify.annotations.Nullable;

/**
 * The code and the settings that a run was made from, and the rules of what is stored of it. Immutable.
 *
 * @param folder the folder that has the plan, absolute; {@code null} if it is in none
 * @param sources the texts of the Java sources that were compiled for the run, by their absolute paths; empty if a build
 *     or an IDE compiles the plan
 * @param settings the merged settings as YAML, without secrets; {@code null} for a run without a file
 * @param dirtyGit the treatment of changes that are not committed
 * @param patchLimit the largest size of such changes that are stored, in bytes; 0 to store none
 */
public record PlanOrigin(
        @Nullable Path folder,
        SortedMap<Path, String> sources,
        @Nullable String settings,
        DirtyGit dirtyGit,
        long patchLimit) {
    /** The largest size of changes that are stored by default, in bytes. */
    public static final long USUAL_LIMIT = 16L << 20;

    /** The origin of a plan of which nothing is known. */
    public static final PlanOrigin UNKNOWN = new PlanOrigin(null, new TreeMap<>(), null, DirtyGit.IGNORE, USUAL_LIMIT);

    /** Copies the sources. */
    public PlanOrigin {
        sources = Collections.unmodifiableSortedMap(new TreeMap<>(sources));
    }
}
