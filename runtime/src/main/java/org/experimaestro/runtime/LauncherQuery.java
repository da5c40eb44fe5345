package org.experimaestro.runtime;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.experimaestro.base.process.JobVariables;
import org.jspecify.annotations.Nullable;

/**
 * The questions that a job can ask its launcher, by commands that the launcher has put into the environment. A command
 * that prints nothing usable, cannot be started, or takes too long, is the same as no command.
 */
final class LauncherQuery {
    private LauncherQuery() {}

    /**
     * Returns the time at which the launcher will end the job.
     *
     * @param limitMillis the longest wait for the answer
     * @return milliseconds since 1970; {@code null} if there is no limit, or it is not known
     */
    static @Nullable Long endMillis(long limitMillis) throws InterruptedException {
        String text = ask(JobVariables.END_COMMAND, limitMillis);
        try {
            return text.isEmpty() ? null : Math.multiplyExact(Long.parseLong(text), 1000L);
        } catch (NumberFormatException | ArithmeticException unusable) {
            return null;
        }
    }

    /**
     * Returns the reason for which the launcher ends the job.
     *
     * @param limitMillis the longest wait for the answer
     * @return the name of a {@link org.experimaestro.workspace.FailureCause}; empty if there is no answer
     */
    static String state(long limitMillis) throws InterruptedException {
        return ask(JobVariables.STATE_COMMAND, limitMillis);
    }

    /** Returns the number of times that the launcher has started this job before; 0 if it is not known. */
    static int restarts() {
        String text = System.getenv(JobVariables.RESTARTS);
        try {
            return text == null ? 0 : Integer.parseInt(text.strip());
        } catch (NumberFormatException unusable) {
            return 0;
        }
    }

    private static String ask(String variable, long limitMillis) throws InterruptedException {
        String command = System.getenv(variable);
        if (command == null || command.isEmpty()) {
            return "";
        }
        try {
            Process process = new ProcessBuilder("sh", "-c", command)
                    .redirectInput(new File("/dev/null"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try {
                if (!process.waitFor(limitMillis, TimeUnit.MILLISECONDS)) {
                    return "";
                }
                // One short line, which the pipe holds whole.
                return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException noShell) {
            return "";
        }
    }
}
