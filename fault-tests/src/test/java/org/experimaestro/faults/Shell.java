package org.experimaestro.faults;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Commands of the system. */
final class Shell {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Shell() {}

    /** Returns whether a command is there and succeeds. */
    static boolean succeeds(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException noSuchProgram) {
            return false;
        }
    }

    /** Runs a command that must succeed. */
    static void run(String... command) throws InterruptedException {
        if (!succeeds(command)) {
            throw new AssertionError("Failed: " + List.of(command));
        }
    }

    /** Runs a command until it succeeds: what killed processes have used is busy until the system has cleared them away. */
    static void runAtLast(String... command) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!succeeds(command)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("Failed: " + List.of(command));
            }
            Thread.sleep(100);
        }
    }

    /** Takes a file system away that no process uses any longer. */
    static void unmount(Path place) throws InterruptedException {
        runAtLast("umount", place.toString());
    }

    /** Skips the test where a command fails. */
    static void assume(String reason, String... command) throws InterruptedException {
        Assumptions.assumeTrue(succeeds(command), "Skipped: " + reason);
    }
}
