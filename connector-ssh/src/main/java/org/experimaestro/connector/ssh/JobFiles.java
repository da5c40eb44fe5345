package org.experimaestro.connector.ssh;

import java.util.Comparator;

/** Which files of a job are written by whom (docs/workspace.md); by their paths, which are relative to the workspace. */
final class JobFiles {
    /** The folder of our own files, in a job's folder. */
    static final String OWN = "/.experimaestro";

    /** Markers in the order in which they may be seen: a job that is done has its earlier failures. */
    static final Comparator<String> DONE_LAST =
            Comparator.comparing((String path) -> path.endsWith("/done.json")).thenComparing(Comparator.naturalOrder());

    private JobFiles() {}

    /** The job that has one of our own files. */
    static String jobOf(String ownFile) {
        int at = ownFile.indexOf(OWN + "/");
        return at < 0 ? ownFile : ownFile.substring(0, at);
    }

    /** Whether it says how an attempt ended. */
    static boolean isMarker(String path) {
        String name = ownName(path);
        return name.equals("done.json") || (name.startsWith("failed-") && name.endsWith(".json"));
    }

    /** Whether it says which process runs an attempt. */
    static boolean isProcess(String path) {
        String name = ownName(path);
        return name.startsWith("process-") && name.endsWith(".json");
    }

    /** Whether it says who has taken the job: written once, here, or there if a batch system has started it again. */
    static boolean isAttempt(String path) {
        String name = ownName(path);
        return name.startsWith("attempt-") && name.endsWith(".json");
    }

    /** Whether the host writes it, and it is not a marker: what the plan writes is never taken from a copy. */
    static boolean isHosts(String path) {
        String name = ownName(path);
        boolean isPlans = name.equals("params.json")
                || name.equals("classpath.txt")
                || name.endsWith(".reserved")
                || (name.endsWith(".json")
                        && (name.startsWith("attempt-") || name.startsWith("handed-") || name.startsWith("ended-")));
        return !isPlans && !isMarker(path);
    }

    /** The name of one of our own files, empty for another one. */
    private static String ownName(String path) {
        int at = path.indexOf(OWN + "/");
        return at < 0 ? "" : path.substring(at + OWN.length() + 1);
    }
}
