package org.experimaestro.cli.output;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;

/**
 * A check that all output of a command was written. Java's print streams report no failures: without this check, a list
 * that a full disk cut off would end with the exit code 0.
 */
public final class OutputCheck {
    /** The exit code that a shell reports after SIGPIPE: the reader of the output, such as {@code head}, has ended. */
    public static final int READER_GONE = 128 + 13;

    private static final Path STANDARD_OUTPUT = Path.of("/dev/fd/1");
    private static final int FILE_TYPE = 0170000;
    private static final int PIPE = 0010000;
    private static final int SOCKET = 0140000;

    private OutputCheck() {}

    /**
     * Returns the exit code of a command that has ended.
     *
     * @param exitCode the command's own exit code, which is kept if it is an error
     * @param line the command line on whose standard error a failure is printed; nothing is printed if the reader
     *     has ended
     */
    public static int exitCode(int exitCode, CommandLine line) {
        if (!System.out.checkError()) {
            return exitCode;
        }
        if (isPipe()) {
            return exitCode == 0 ? READER_GONE : exitCode;
        }
        Printer.err(line)
                .error("Cannot write all of the output: the standard output is closed, or its disk is full; what the"
                        + " command did stays done, and only what it printed is lost");
        return exitCode == 0 ? ExitCode.SOFTWARE : exitCode;
    }

    /**
     * Returns whether the standard output is a pipe or a socket. It fails only if its reader has ended, never for lack
     * of space.
     */
    private static boolean isPipe() {
        try {
            int type = (Integer) Files.getAttribute(STANDARD_OUTPUT, "unix:mode") & FILE_TYPE;
            return type == PIPE || type == SOCKET;
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException unknown) {
            return false; // a system without these names: the error is printed
        }
    }
}
