package org.experimaestro.connector.ssh;

import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which files of a job are written by whom (docs/workspace.md); by their paths, which are relative to the workspace. */
final class JobFiles {
    /** The folder of our own files, in a job's folder. */
    static final String OWN = "/.experimaestro";

    /** Markers in the order in which they may be seen: a job that is done has its earlier failures. */
    static final Comparator<String> DONE_LAST =
            Comparator.comparing((String path) -> path.endsWith("/done.json")).thenComparing(Comparator.naturalOrder());

    /** Attempts are counted from 1 to a million. */
    private static final String ATTEMPT_NUMBER = "([1-9]\\d{0,5}|1000000)";

    private static final Pattern OWN_FILE =
            Pattern.compile("(jobs/[^/]+/[^/]+)" + Pattern.quote(OWN) + "/(.*)", Pattern.DOTALL);
    private static final Pattern MARKER = Pattern.compile("done\\.json|failed-" + ATTEMPT_NUMBER + "\\.json");
    private static final Pattern PROCESS = Pattern.compile("process-" + ATTEMPT_NUMBER + "\\.json");
    private static final Pattern ATTEMPT = Pattern.compile("attempt-" + ATTEMPT_NUMBER + "\\.json");
    private static final Pattern LOG =
            Pattern.compile("(stdout|stderr)-" + ATTEMPT_NUMBER + "\\.log|events-" + ATTEMPT_NUMBER + "\\.jsonl");

    private JobFiles() {}

    /** The job that has one of our own files, or the same path if it is another one. */
    static String jobOf(String ownFile) {
        Matcher own = OWN_FILE.matcher(ownFile);
        return own.matches() ? own.group(1) : ownFile;
    }

    /** Which of some jobs has a file in its folder. */
    static Optional<String> jobOf(String file, Set<String> jobs) {
        for (int slash = file.indexOf('/'); slash >= 0; slash = file.indexOf('/', slash + 1)) {
            if (jobs.contains(file.substring(0, slash))) {
                return Optional.of(file.substring(0, slash));
            }
        }
        return Optional.of(file).filter(jobs::contains);
    }

    /** Whether it is one of our own files: those of a workspace that a task has in its folder are the task's. */
    static boolean isOwn(String path) {
        return OWN_FILE.matcher(path).matches();
    }

    /** Whether it says how an attempt ended. */
    static boolean isMarker(String path) {
        return MARKER.matcher(ownName(path)).matches();
    }

    /** Whether it says which process runs an attempt. */
    static boolean isProcess(String path) {
        return PROCESS.matcher(ownName(path)).matches();
    }

    /** Whether it says who has taken the job: written once, here, or there if a batch system has started it again. */
    static boolean isAttempt(String path) {
        return ATTEMPT.matcher(ownName(path)).matches();
    }

    /** Whether the host writes it, and it is not a marker: what the plan writes is never taken from a copy. */
    static boolean isHosts(String path) {
        return !isOwn(path) || LOG.matcher(ownName(path)).matches() || isProcess(path);
    }

    /** The name of one of our own files, empty for another one. */
    private static String ownName(String path) {
        Matcher own = OWN_FILE.matcher(path);
        return own.matches() ? own.group(2) : "";
    }
}
