package org.experimaestro.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine;

/**
 * Whether all that a command printed has arrived. A stream of Java keeps a failure to itself: without this, the exit code
 * would say that a list is whole that a full disk has cut off.
 */
final class OutputCheck {
    /** What a shell reports of a program that SIGPIPE ended: the reader of its output, such as {@code head}, has gone. */
    static final int READER_GONE = 128 + 13;

    private static final Path STANDARD_OUTPUT = Path.of("/dev/fd/1");
    private static final int FILE_TYPE = 0170000;
    private static final int PIPE = 0010000;
    private static final int SOCKET = 0140000;

    private OutputCheck() {}

    /**
     * The exit code of a command that has ended.
     *
     * @param exitCode the command's own, which counts where it is an error
     * @param line prints the error; quiet where the reader has gone
     */
    static int exitCode(int exitCode, CommandLine line) {
        if (!System.out.checkError()) {
            return exitCode;
        }
        if (isPipe()) {
            return exitCode == 0 ? READER_GONE : exitCode;
        }
        Printer.err(line)
                .error("Cannot write all of the output: the standard output is closed, or its disk is full; what the"
                        + " command did stays done, and only what it printed is lost");
        return exitCode == 0 ? Main.FAILED : exitCode;
    }

    /** A pipe cannot be full for good: it fails when nobody reads it any longer. */
    private static boolean isPipe() {
        try {
            int type = (Integer) Files.getAttribute(STANDARD_OUTPUT, "unix:mode") & FILE_TYPE;
            return type == PIPE || type == SOCKET;
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException unknown) {
            return false; // a system without such names: the failure is told
        }
    }
}
