package org.experimaestro.runtime;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.experimaestro.base.process.JobVariables;
import org.jspecify.annotations.Nullable;

/**
 * What the launcher can be asked from inside the job, with commands that it has put into the environment. Nothing here
 * fails: a launcher that does not answer has nothing to say.
 */
final class LauncherQuery {
    private LauncherQuery() {}

    /** When the job will be ended, in milliseconds since 1970; {@code null} if there is no limit, or nobody knows. */
    static @Nullable Long endMillis(long limitMillis) throws InterruptedException {
        String text = ask(JobVariables.END_COMMAND, limitMillis);
        try {
            return text.isEmpty() ? null : Math.multiplyExact(Long.parseLong(text), 1000L);
        } catch (NumberFormatException | ArithmeticException unusable) {
            return null;
        }
    }

    /** Why the job is being ended, in a word of the launcher's; empty if it does not say. */
    static String state(long limitMillis) throws InterruptedException {
        return ask(JobVariables.STATE_COMMAND, limitMillis);
    }

    /** How often the launcher has started this very job before. */
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
