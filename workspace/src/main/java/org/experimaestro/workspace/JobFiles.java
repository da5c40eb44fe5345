package org.experimaestro.workspace;

import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.experimaestro.base.file.OwnFolder;

/**
 * The kinds of files of a job, by their writers (docs/workspace.md), for code that copies files between hosts. All
 * paths are relative to the workspace, with slashes.
 */
public final class JobFiles {
    /**
     * The order in which markers are copied: that of a job that is done comes last, so that a copy of such a job has
     * its earlier failures, too.
     */
    public static final Comparator<String> DONE_LAST =
            Comparator.comparing(JobFiles::isDoneMarker).thenComparing(Comparator.naturalOrder());

    /** The folder of the notes on a job or a run. */
    public static final String NOTES = Notes.FOLDER;

    private static final String OWN = "/" + OwnFolder.NAME;

    /** The pattern of the number of an attempt, from 1 to a million. */
    private static final String NUMBER = "([1-9]\\d{0,5}|1000000)";

    private static final Pattern OWN_FILE = Pattern.compile(
            "(" + WorkspaceLayout.JOBS + "/[^/]+/[^/]+)" + Pattern.quote(OWN) + "/(.*)", Pattern.DOTALL);
    private static final Pattern MARKER =
            Pattern.compile(Pattern.quote(JobLayout.DONE) + "|" + numbered(JobLayout.FAILED, JobLayout.JSON));
    private static final Pattern PROCESS = Pattern.compile(numbered(JobLayout.PROCESS, JobLayout.JSON));
    private static final Pattern ATTEMPT = Pattern.compile(numbered(JobLayout.ATTEMPT, JobLayout.JSON));
    private static final Pattern STOP = Pattern.compile(numbered(JobLayout.STOP, JobLayout.JSON));
    private static final Pattern USAGE = Pattern.compile(numbered(JobLayout.USAGE, JobLayout.JSON));
    private static final Pattern LEFT_BEHIND = Pattern.compile(
            "(" + Pattern.quote(JobLayout.BEFORE) + "[^/]+|" + Pattern.quote(JobLayout.DUMPS) + ")(/.*)?",
            Pattern.DOTALL);
    private static final Pattern LOG = Pattern.compile(numbered(JobLayout.OUTPUT, JobLayout.LOG) + "|"
            + numbered(JobLayout.ERROR, JobLayout.LOG) + "|" + numbered(JobLayout.EVENTS, JobLayout.LINES));

    private JobFiles() {}

    private static String numbered(String prefix, String suffix) {
        return prefix + NUMBER + Pattern.quote(suffix);
    }

    /**
     * Returns the folder of our files.
     *
     * @param job the path of a job's folder
     * @return the path of the folder in it
     */
    public static String ownFolder(String job) {
        return job + OWN;
    }

    /**
     * Returns whether a folder has the name of the folder of our files.
     *
     * @param folder the path of a folder
     * @return true also outside a job's folder
     */
    public static boolean isOwnFolder(String folder) {
        return folder.endsWith(OWN);
    }

    /**
     * Returns the marker of a job that is done.
     *
     * @param job the path of a job's folder
     * @return the path of the file
     */
    public static String doneMarker(String job) {
        return job + OWN + "/" + JobLayout.DONE;
    }

    private static boolean isDoneMarker(String path) {
        return path.endsWith(OWN + "/" + JobLayout.DONE);
    }

    /**
     * Returns the job that has one of our own files.
     *
     * @param ownFile the path of a file
     * @return the path of the job's folder; the same path if it is another file
     */
    public static String jobOf(String ownFile) {
        Matcher own = OWN_FILE.matcher(ownFile);
        return own.matches() ? own.group(1) : ownFile;
    }

    /**
     * Returns the one of several jobs whose folder contains a file.
     *
     * @param file the path of a file
     * @param jobs the paths of jobs' folders
     * @return its path; empty if no folder contains the file
     */
    public static Optional<String> jobOf(String file, Set<String> jobs) {
        for (int slash = file.indexOf('/'); slash >= 0; slash = file.indexOf('/', slash + 1)) {
            if (jobs.contains(file.substring(0, slash))) {
                return Optional.of(file.substring(0, slash));
            }
        }
        return Optional.of(file).filter(jobs::contains);
    }

    /**
     * Returns the place of a file in the order of copying: the files of a job must be there before its marker is.
     *
     * @param path the path of a file
     * @return 0 for files of tasks and others, 1 for ours, 2 for the marker of a job that is done
     */
    public static int rank(String path) {
        return isDoneMarker(path) ? 2 : path.contains(OWN + "/") ? 1 : 0;
    }

    /**
     * Returns whether a file is one of our own. If a task has a workspace in its folder, the files of that workspace
     * are the task's.
     *
     * @param path the path of a file
     * @return true if no task writes it
     */
    public static boolean isOwn(String path) {
        return OWN_FILE.matcher(path).matches();
    }

    /**
     * Returns whether a file is a marker, which contains the end of an attempt.
     *
     * @param path the path of a file
     * @return true for the file that a job's process writes last
     */
    public static boolean isMarker(String path) {
        return MARKER.matcher(ownName(path)).matches();
    }

    /**
     * Returns whether a file identifies the process of an attempt.
     *
     * @param path the path of a file
     * @return true for the file that a job's process writes first
     */
    public static boolean isProcess(String path) {
        return PROCESS.matcher(ownName(path)).matches();
    }

    /**
     * Returns whether a file is that of an attempt, which identifies the claimant. It is written once: here, or on a
     * host whose batch system has started the job again.
     *
     * @param path the path of a file
     * @return true for the file of an attempt
     */
    public static boolean isAttempt(String path) {
        return ATTEMPT.matcher(ownName(path)).matches();
    }

    /**
     * Returns whether a file or folder has files that an earlier attempt left, or dumps of a process. They stay on the host
     * that has made them: they are large, and no part of the result.
     *
     * @param path the path of a file or folder
     * @return true for such a folder, and all that is in it
     */
    public static boolean isLeftBehind(String path) {
        return LEFT_BEHIND.matcher(ownName(path)).matches();
    }

    /**
     * Returns whether a file is written by the job's host, and is no marker. Files that the run writes are never taken
     * from a copy.
     *
     * @param path the path of a file
     * @return true for files of the task, logs, events, announcements, processes, records of use and of requests to end
     */
    public static boolean isHosts(String path) {
        return !isOwn(path)
                || LOG.matcher(ownName(path)).matches()
                || STOP.matcher(ownName(path)).matches()
                || USAGE.matcher(ownName(path)).matches()
                || isAnnouncements(path)
                || isProcess(path);
    }

    /**
     * Returns whether a file has the announcements of a job. It is copied with the job's own files when the job has ended,
     * because it names them.
     *
     * @param path the path of a file
     * @return true for the file to which a job's process appends what its task announces
     */
    public static boolean isAnnouncements(String path) {
        return ownName(path).equals(JobLayout.ANNOUNCED);
    }

    /**
     * Returns whether a file or folder is a remark of a person on a job: a note or a pin. It is no part of the result, and
     * may be added at any time.
     *
     * @param path the path of a file or folder
     * @return true for notes, their folder, and pins
     */
    public static boolean isRemark(String path) {
        String name = ownName(path);
        return name.equals(JobLayout.PIN) || name.equals(NOTES) || name.startsWith(NOTES + "/");
    }

    /** Returns the name of one of our own files, relative to their folder; empty for other files. */
    private static String ownName(String path) {
        Matcher own = OWN_FILE.matcher(path);
        return own.matches() ? own.group(2) : "";
    }
}
