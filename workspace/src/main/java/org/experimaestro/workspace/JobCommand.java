package org.experimaestro.workspace;

import java.util.List;

/**
 * The end of the command line of a job's process: its main class, the number of the attempt, and the job's folder as the plan
 * sees it. A process says with it whose it is, and no file of a workspace can change that.
 */
public final class JobCommand {
    /** The main class, by name: its room is on the class path of jobs, and nothing here calls it. */
    public static final String MAIN = "org.experimaestro.runtime.JobMain";

    private JobCommand() {}

    /**
     * The words that follow the options of the JVM, for a job of this machine.
     *
     * @param attempt what the process runs
     * @return the main class and its arguments
     */
    public static List<String> of(Attempt attempt) {
        return List.of(
                MAIN, Integer.toString(attempt.number()), attempt.job().path().toString());
    }

    /**
     * Whether a command line is that of an attempt. The workspace may have another path since, or a link to it: what counts is the
     * job's name at the end.
     *
     * @param commandLine the words that a process was started with
     * @param separator what is between the words: a byte 0 in {@code /proc}; ps(1) prints a space, which words may have too
     * @param attempt what the process should run
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
