package org.experimaestro.copy;

import java.util.SortedMap;
import java.util.TreeMap;
import org.experimaestro.spi.FolderEntry;
import org.experimaestro.workspace.JobFiles;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.WorkspaceLayout;

/**
 * A part of a workspace that is copied as a whole. Immutable.
 *
 * @param kind its kind
 * @param path its path in the workspace, with slashes
 * @param name its name, for people
 */
public record CopyPart(Kind kind, String path, String name) implements Comparable<CopyPart> {

    /** A kind of part, in the order of copying. */
    public enum Kind {
        /** A jar of the code that jobs run. */
        CODE,
        /** The folder of a job. */
        JOB,
        /** The folder of a run. */
        RUN,
        /** A file that is copied if there is none: of an experiment's results, a note, or a pin. */
        FILE
    }

    /**
     * Returns the part of a job.
     *
     * @param job the job
     * @return the part
     */
    public static CopyPart of(JobFolder job) {
        return new CopyPart(Kind.JOB, WorkspaceLayout.jobPath(job.name()), job.name());
    }

    /**
     * Returns the part of a run.
     *
     * @param run the run
     * @return the part
     */
    public static CopyPart of(RunFolder run) {
        return new CopyPart(
                Kind.RUN, WorkspaceLayout.runPath(run.experiment(), run.name()), "run " + run.qualifiedName());
    }

    /** Returns the experiment of a run. */
    String experiment() {
        return path.split("/", -1)[1];
    }

    /** Returns the name of a run without its experiment. */
    String run() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Returns whether the part is one file. */
    boolean isFile() {
        return kind == Kind.CODE || kind == Kind.FILE;
    }

    /**
     * Returns those of many entries that belong to the part.
     *
     * @param entries entries by their paths in the workspace
     * @return the entries of the part, by the same paths
     */
    public SortedMap<String, FolderEntry> of(SortedMap<String, FolderEntry> entries) {
        SortedMap<String, FolderEntry> found = new TreeMap<>();
        FolderEntry own = entries.get(path);
        if (own != null) {
            found.put(path, own);
        }
        found.putAll(entries.subMap(path + "/", path + "0")); // '0' follows '/'
        return found;
    }

    /**
     * Returns whether a file of the part is a remark of a person, which may be added at any time, and is no part of the
     * result.
     */
    boolean isRemark(String file) {
        return switch (kind) {
            case JOB -> JobFiles.isRemark(file);
            case RUN -> file.equals(path + "/" + JobFiles.NOTES) || file.startsWith(path + "/" + JobFiles.NOTES + "/");
            case CODE, FILE -> false;
        };
    }

    /** Returns whether a file of the part concerns only the process that has written it, and is not copied. */
    boolean isLeftOut(String file) {
        return kind == Kind.RUN
                && WorkspaceLayout.isOfLiveRun(file.substring(Math.min(file.length(), path.length() + 1)));
    }

    @Override
    public int compareTo(CopyPart other) {
        int byKind = kind.compareTo(other.kind);
        return byKind != 0 ? byKind : path.compareTo(other.path);
    }

    @Override
    public String toString() {
        return name;
    }
}
