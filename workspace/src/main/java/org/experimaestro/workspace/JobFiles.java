package org.experimaestro.workspace;

import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.experimaestro.base.file.OwnFolder;

/**
 * Which files of a job are written by whom (docs/workspace.md), for those who copy them between hosts; by their paths, which are
 * relative to the workspace, with slashes.
 */
public final class JobFiles {
    /**
     * Markers in the order in which they may be seen: a job that is done has its earlier failures.
     */
    public static final Comparator<String> DONE_LAST =
            Comparator.comparing(JobFiles::isDoneMarker).thenComparing(Comparator.naturalOrder());

    private static final String OWN = "/" + OwnFolder.NAME;

    /** Attempts are counted from 1 to a million. */
    private static final String NUMBER = "([1-9]\\d{0,5}|1000000)";

    private static final Pattern OWN_FILE = Pattern.compile(
            "(" + WorkspaceLayout.JOBS + "/[^/]+/[^/]+)" + Pattern.quote(OWN) + "/(.*)", Pattern.DOTALL);
    private static final Pattern MARKER =
            Pattern.compile(Pattern.quote(JobLayout.DONE) + "|" + numbered(JobLayout.FAILED, JobLayout.JSON));
    private static final Pattern PROCESS = Pattern.compile(numbered(JobLayout.PROCESS, JobLayout.JSON));
    private static final Pattern ATTEMPT = Pattern.compile(numbered(JobLayout.ATTEMPT, JobLayout.JSON));
    private static final Pattern LOG = Pattern.compile(numbered(JobLayout.OUTPUT, JobLayout.LOG) + "|"
            + numbered(JobLayout.ERROR, JobLayout.LOG) + "|" + numbered(JobLayout.EVENTS, JobLayout.LINES));

    private JobFiles() {}

    private static String numbered(String prefix, String suffix) {
        return prefix + NUMBER + Pattern.quote(suffix);
    }

    /**
     * The folder of our files.
     *
     * @param job the path of a job's folder
     * @return the path of the folder in it
     */
    public static String ownFolder(String job) {
        return job + OWN;
    }

    /**
     * Whether a folder is that of our files.
     *
     * @param folder the path of a folder
     * @return true if it is, in whatever folder
     */
    public static boolean isOwnFolder(String folder) {
        return folder.endsWith(OWN);
    }

    /**
     * The marker of a job that is done.
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
     * The job that has one of our own files.
     *
     * @param ownFile the path of a file
     * @return the path of the job's folder; the same path if it is another file
     */
    public static String jobOf(String ownFile) {
        Matcher own = OWN_FILE.matcher(ownFile);
        return own.matches() ? own.group(1) : ownFile;
    }

    /**
     * Which of some jobs has a file in its folder.
     *
     * @param file the path of a file
     * @param jobs the paths of jobs' folders
     * @return one of them, empty if none has
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
     * When a file may be seen, among others that come with it: nobody is to take a job for done whose files are not there yet.
     *
     * @param path the path of a file
     * @return 0 for files of tasks and others, 1 for ours, 2 for the marker of a job that is done
     */
    public static int rank(String path) {
        return isDoneMarker(path) ? 2 : path.contains(OWN + "/") ? 1 : 0;
    }

    /**
     * Whether it is one of our own files: those of a workspace that a task has in its folder are the task's.
     *
     * @param path the path of a file
     * @return true if no task writes it
     */
    public static boolean isOwn(String path) {
        return OWN_FILE.matcher(path).matches();
    }

    /**
     * Whether it says how an attempt ended.
     *
     * @param path the path of a file
     * @return true for what a job's process writes last
     */
    public static boolean isMarker(String path) {
        return MARKER.matcher(ownName(path)).matches();
    }

    /**
     * Whether it says which process runs an attempt.
     *
     * @param path the path of a file
     * @return true for what a job's process writes first
     */
    public static boolean isProcess(String path) {
        return PROCESS.matcher(ownName(path)).matches();
    }

    /**
     * Whether it says who has taken the job: written once, here, or on a host whose batch system has started the job again.
     *
     * @param path the path of a file
     * @return true for the file of an attempt
     */
    public static boolean isAttempt(String path) {
        return ATTEMPT.matcher(ownName(path)).matches();
    }

    /**
     * Whether the host of the job writes it, and it is not a marker: what the plan writes is never taken from a copy.
     *
     * @param path the path of a file
     * @return true for files of the task, logs, events, and processes
     */
    public static boolean isHosts(String path) {
        return !isOwn(path) || LOG.matcher(ownName(path)).matches() || isProcess(path);
    }

    /** The name of one of our own files, empty for another one. */
    private static String ownName(String path) {
        Matcher own = OWN_FILE.matcher(path);
        return own.matches() ? own.group(2) : "";
    }
}
