package org.experimaestro.tui.screen;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * A shell that waits for the end of this process, and then repairs the terminal if this process could not: after {@code
 * kill -9}, or when memory is exhausted. It costs nothing while it waits.
 */
final class TerminalKeeper implements AutoCloseable {
    /**
     * The script: it knows the terminal's modes before and during the view. At the end of its input, the modes are set
     * back only if nobody else, such as the user's shell, has set others by then.
     */
    private static final String SCRIPT = """
            trap '' HUP INT QUIT TSTP TTIN TTOU
            before=$(stty -g </dev/tty) || exit 1
            echo ready
            read -r _ || exit 0
            during=$(stty -g </dev/tty)
            read -r _ && exit 0
            [ "$(stty -g </dev/tty)" = "$during" ] && stty "$before" </dev/tty
            printf '%b' "$1" >/dev/tty
            """;

    private final Process shell;
    private final OutputStream input;

    private TerminalKeeper(Process shell) {
        this.shell = shell;
        this.input = shell.getOutputStream();
    }

    /**
     * Starts a keeper, before the terminal's modes are changed.
     *
     * @param restore the control sequences that undo the view's
     * @throws IOException if there is no shell, or no terminal
     */
    static TerminalKeeper start(String restore) throws IOException {
        Process shell = new ProcessBuilder("sh", "-c", SCRIPT, "terminal-keeper", restore.replace("\u001B", "\\033"))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader answers = shell.inputReader(StandardCharsets.UTF_8);
        if (answers.readLine() == null) {
            throw new IOException("Cannot read the modes of the terminal: stty failed");
        }
        return new TerminalKeeper(shell);
    }

    /** Says that the terminal's modes are those of the view. */
    void begin() throws IOException {
        say("begun");
    }

    private void say(String word) throws IOException {
        input.write((word + "\n").getBytes(StandardCharsets.US_ASCII));
        input.flush();
    }

    /** Ends the keeper, after the terminal was repaired. */
    @Override
    public void close() {
        try {
            say("ended");
            input.close();
        } catch (IOException gone) {
            shell.destroy();
        }
    }
}
