package org.experimaestro.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.experimaestro.disturbance.program.Wish;
import org.junit.jupiter.api.Assumptions;

/**
 * The program {@code lying-files}, a file system in user space (fuse(4)), which the tests compile. It needs root, {@code
 * /dev/fuse}, a C compiler and the Debian package libfuse3-dev.
 */
final class LyingProgram {
    /** The system property that says whether the tests must run, as {@code cluster.tests} does. */
    private static final String PROPERTY = "fuse.tests";

    private static final Path SOURCE = Path.of("src/test/c/lying-files.c");

    private LyingProgram() {}

    /**
     * Compiles the program.
     *
     * @param folder a folder for it
     * @throws org.opentest4j.TestAbortedException if the machine lacks something, and that is no failure
     */
    static Path make(Path folder) throws IOException, InterruptedException {
        Wish wish = Wish.ofThisBuild(PROPERTY);
        List<String> unavailable = unavailable();
        Assumptions.assumeTrue(
                unavailable.isEmpty() || !isAsked(),
                () -> "Skipped: this machine has no " + String.join(", and no ", unavailable)
                        + ", which no package brings. It would fail with -D" + PROPERTY + "=required.");
        List<String> lacking = new ArrayList<>(unavailable);
        lacking.addAll(lackingPackages());
        if (!lacking.isEmpty()) {
            String lack = "this machine lacks " + String.join(", ", lacking)
                    + " for a file system in user space; on Debian, as root: apt-get install gcc libc6-dev pkg-config libfuse3-dev fuse3";
            if (wish == Wish.REQUIRED) {
                throw new AssertionError(lack);
            }
            Assumptions.abort("Skipped: " + lack + ". It would fail with CI=true or -D" + PROPERTY + "=required.");
        }
        Assumptions.assumeTrue(wish != Wish.OFF || isAsked(), "Skipped: -D" + PROPERTY + "=off says so");
        Path program = folder.resolve("lying-files");
        Shell.run(
                "sh",
                "-c",
                "exec cc -std=gnu11 -O2 -Wall -Wextra -Werror -o \"$0\" \"$1\" $(pkg-config --cflags --libs fuse3)",
                program.toString(),
                SOURCE.toAbsolutePath().toString());
        return program;
    }

    /** A machine that has all that they need runs them unless they are switched off: they start no daemon that stays. */
    private static boolean isAsked() {
        return System.getProperty(PROPERTY) == null;
    }

    /** Returns what only the machine can have, as a container may not. */
    private static List<String> unavailable() throws InterruptedException {
        List<String> unavailable = new ArrayList<>();
        if (!Files.isWritable(Path.of("/dev/fuse"))) {
            unavailable.add("/dev/fuse");
        }
        if (!Shell.succeeds("unshare", "--uts", "--mount", "true")) {
            unavailable.add("right to make namespaces (root)");
        }
        return unavailable;
    }

    private static List<String> lackingPackages() throws InterruptedException {
        List<String> lacking = new ArrayList<>();
        if (!Shell.succeeds("cc", "--version")) {
            lacking.add("a C compiler");
        }
        if (!Shell.succeeds("pkg-config", "--exists", "fuse3")) {
            lacking.add("libfuse 3");
        }
        return lacking;
    }
}
