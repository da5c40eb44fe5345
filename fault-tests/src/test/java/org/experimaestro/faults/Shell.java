package org.experimaestro.faults;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Commands of the system. */
final class Shell {
    private Shell() {}

    /** Returns whether a command succeeds. */
    static boolean succeeds(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }

    /** Runs a command that must succeed. */
    static void run(String... command) throws IOException, InterruptedException {
        if (!succeeds(command)) {
            throw new AssertionError("Failed: " + List.of(command));
        }
    }

    /** Skips the test where a command fails. */
    static void assume(String reason, String... command) throws IOException, InterruptedException {
        Assumptions.assumeTrue(succeeds(command), "Skipped: " + reason);
    }
}
