package org.experimaestro.workspace;

import java.util.List;

/**
 * The end of the command line of a job's process: its main class, the number of the attempt, and the job's folder as
 * the run sees it. It identifies the job of a process, and cannot be changed by a file of a workspace.
 */
public final class JobCommand {
    /** The main class, by name, because its module is only on the class path of jobs. */
    public static final String MAIN = "org.experimaestro.runtime.JobMain";

    private JobCommand() {}

    /**
     * Returns the words that follow the options of the JVM, for a job of this machine.
     *
     * @param attempt the attempt that the process runs
     * @return the main class and its arguments
     */
    public static List<String> of(Attempt attempt) {
        return List.of(
                MAIN, Integer.toString(attempt.number()), attempt.job().path().toString());
    }

    /**
     * Returns whether a command line is that of an attempt. Of the folder, only the job's name at its end is compared,
     * because the workspace may have another path since, or be reached by a link.
     *
     * @param commandLine the words with which a process was started
     * @param separator the text between the words: a byte 0 in {@code /proc}; ps(1) prints a space, which words may
     *     have too
     * @param attempt the attempt that the process should run
     * @return false also if it runs another attempt of the job
     */
    public static boolean isOf(String commandLine, String separator, Attempt attempt) {
        String beginning = separator + MAIN + separator + attempt.number() + separator;
        int folder = commandLine.lastIndexOf(beginning) + beginning.length();
        return folder > beginning.length()
                && commandLine.startsWith("/", folder)
                && commandLine.endsWith("/" + attempt.job().name());
    }
}
