package org.experimaestro.workspace;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The code of a run, as the run's description has it; docs/workspace.md describes the members. Immutable.
 *
 * @param commit the commit of the plan's repository; empty if there is none
 * @param changed the number of files that differ from the commit, or that git does not know; 0 for an early version
 *     that only recorded whether there are some
 * @param isDirty whether files that git knows differ from the commit
 * @param hasSources whether the plan's Java sources are stored
 * @param lacks a part of a sentence for each change that is not stored
 */
public record RunCode(String commit, int changed, boolean isDirty, boolean hasSources, List<String> lacks) {
    /** The member of the description with the repository of the plan's folder; absent if there is none. */
    public static final String GIT = "git";
    /** The member of the description with the plan's Java sources. */
    public static final String SOURCES = "sources";
    /** The member of the description with the Maven coordinates of the class path's jars, by the names of their files. */
    public static final String ARTIFACTS = "artifacts";

    /** The digest of the merged settings as YAML. */
    public static final String SETTINGS = "settingsText";

    /** The commit of a repository. */
    public static final String COMMIT = "commit";
    /** The member of a repository that says whether files that git knows differ from the commit. */
    public static final String DIRTY = "dirty";
    /** The path of the plan's folder from the root of the repository or of the sources; or that of a submodule. */
    public static final String PATH = "path";
    /** The folder of the files of a repository, or of the sources; absolute. */
    public static final String ROOT = "root";
    /** The number of files that git knows and that differ from the commit. */
    public static final String CHANGED = "changed";
    /** The number of files that git neither knows nor ignores. */
    public static final String UNTRACKED = "untracked";
    /** The digest of the stored patch. */
    public static final String PATCH = "patch";
    /** The files that the patch lacks. */
    public static final String LEFT_OUT = "leftOut";
    /** The reason why there is no patch. */
    public static final String PROBLEM = "patchProblem";
    /** The repositories in the repository. */
    public static final String SUBMODULES = "submodules";
    /** The digests of the sources, by their paths from their root. */
    public static final String FILES = "files";

    private static final int SHORT_COMMIT = 8;
    private static final int MOST_SHOWN = 3;

    /** Copies the list. */
    public RunCode {
        lacks = List.copyOf(lacks);
    }

    /**
     * Reads the code of a run.
     *
     * @param description the members of its description, in which others may have written anything
     * @return empty if the description has neither a commit nor sources
     */
    public static Optional<RunCode> of(Map<String, ?> description) {
        boolean hasSources = description.get(SOURCES) instanceof Map<?, ?>;
        if (description.get(GIT) instanceof Map<?, ?> git && git.get(COMMIT) instanceof String commit) {
            int changed = number(git, CHANGED) + number(git, UNTRACKED);
            return Optional.of(
                    new RunCode(commit, changed, Boolean.TRUE.equals(git.get(DIRTY)), hasSources, lacks(git)));
        }
        return hasSources ? Optional.of(new RunCode("", 0, false, true, List.of())) : Optional.empty();
    }

    /**
     * Returns the names of the stored contents that a run needs to be given back.
     *
     * @param description the members of its description
     * @return the names of files of {@link WorkspaceLayout#provenance}, whether they are there or not
     */
    public static SortedSet<String> files(Map<String, ?> description) {
        SortedSet<String> digests = new TreeSet<>();
        add(description.get(SETTINGS), digests);
        if (description.get(SOURCES) instanceof Map<?, ?> sources && sources.get(FILES) instanceof Map<?, ?> files) {
            files.values().forEach(digest -> add(digest, digests));
        }
        if (description.get(GIT) instanceof Map<?, ?> git) {
            addPatches(git, digests);
        }
        return digests;
    }

    private static void addPatches(Map<?, ?> git, SortedSet<String> digests) {
        add(git.get(PATCH), digests);
        if (git.get(SUBMODULES) instanceof List<?> submodules) {
            for (Object each : submodules) {
                if (each instanceof Map<?, ?> submodule) {
                    addPatches(submodule, digests);
                }
            }
        }
    }

    private static void add(@Nullable Object digest, SortedSet<String> digests) {
        if (digest instanceof String text) {
            digests.add(text + ProvenanceStore.END);
        }
    }

    private static int number(Map<?, ?> git, String member) {
        return git.get(member) instanceof Number number ? number.intValue() : 0;
    }

    /**
     * Returns the changes of a repository that are not stored.
     *
     * @param git the member {@link #GIT} of a description
     * @return a part of a sentence for each
     */
    public static List<String> lacks(Map<?, ?> git) {
        List<String> lacks = new ArrayList<>();
        if (git.get(PROBLEM) instanceof String problem) {
            lacks.add(problem);
        } else if (Boolean.TRUE.equals(git.get(DIRTY)) && !git.containsKey(CHANGED)) {
            lacks.add("the changes to the commit, which this early version did not store");
        }
        if (git.get(LEFT_OUT) instanceof List<?> names && !names.isEmpty()) {
            int more = names.size() - MOST_SHOWN;
            lacks.add("left out, because of their sizes or kinds: "
                    + String.join(
                            ", ",
                            names.stream()
                                    .limit(MOST_SHOWN)
                                    .map(String::valueOf)
                                    .toList())
                    + (more > 0 ? " and " + more + " more" : ""));
        }
        if (git.get(SUBMODULES) instanceof List<?> submodules) {
            for (Object each : submodules) {
                if (each instanceof Map<?, ?> submodule) {
                    lacks(submodule).forEach(lack -> lacks.add("submodule " + submodule.get(PATH) + ": " + lack));
                }
            }
        }
        return lacks;
    }

    /**
     * Returns the code in words.
     *
     * @return for example {@code commit 2ebe65c0, 3 files changed}
     */
    public String text() {
        if (commit.isEmpty()) {
            return "no commit, sources stored";
        }
        String name = "commit " + commit.substring(0, Math.min(SHORT_COMMIT, commit.length()));
        if (changed > 0) {
            return name + (changed == 1 ? ", 1 file changed" : ", " + changed + " files changed");
        }
        return isDirty ? name + ", files changed" : name;
    }
}
