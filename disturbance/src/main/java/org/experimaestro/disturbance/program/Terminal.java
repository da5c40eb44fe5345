package org.experimaestro.disturbance.program;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** A shell in a real terminal, that of tmux, on a server of its own. Not thread-safe. */
public final class Terminal implements AutoCloseable {
    /** tmux tells nobody when its screen changes. */
    private static final Duration POLL = Duration.ofMillis(100);

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Path folder;
    private final Map<String, String> environment;
    private final String server;

    /**
     * Starts a shell in a terminal of 150 columns and 30 rows.
     *
     * @param folder the folder of the shell
     * @param environment all its variables
     * @throws IOException if tmux cannot be started
     */
    public Terminal(Path folder, Map<String, String> environment) throws IOException {
        this(folder, environment, 150, 30);
    }

    /**
     * Starts a shell in a terminal.
     *
     * @param folder the folder of the shell
     * @param environment all its variables
     * @param columns the width of the screen, in characters
     * @param rows the height of the screen, in lines
     * @throws IOException if tmux cannot be started
     */
    public Terminal(Path folder, Map<String, String> environment, int columns, int rows) throws IOException {
        this.folder = folder;
        this.environment = environment;
        this.server = "experimaestro-" + ProcessHandle.current().pid() + "-" + System.nanoTime();
        tmux("-f", "/dev/null", "new-session", "-d", "-x", "" + columns, "-y", "" + rows, "sh");
    }

    /**
     * Types a line.
     *
     * @param line its text
     * @throws IOException if tmux fails
     */
    public void type(String line) throws IOException {
        tmux("send-keys", "-l", line);
        tmux("send-keys", "Enter");
    }

    /**
     * Types keys.
     *
     * @param keys a character each, or a name of tmux such as {@code Enter}
     * @throws IOException if tmux fails
     */
    public void press(String... keys) throws IOException {
        for (String key : keys) {
            tmux("send-keys", key);
        }
    }

    /**
     * Changes the size of the screen.
     *
     * @param columns the new width, in characters
     * @param rows the new height, in lines
     * @throws IOException if tmux fails
     */
    public void resize(int columns, int rows) throws IOException {
        tmux("resize-window", "-x", "" + columns, "-y", "" + rows);
    }

    /**
     * Types Ctrl-C.
     *
     * @throws IOException if tmux fails
     */
    public void interrupt() throws IOException {
        tmux("send-keys", "C-c");
    }

    /**
     * Waits until the screen shows a text, for at most a minute.
     *
     * @param text the text, within one line
     * @throws IOException if tmux fails
     */
    public void await(String text) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        String screen = screen();
        while (!screen.contains(text)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("The terminal does not show \"" + text + "\" but:\n" + screen);
            }
            LockSupport.parkNanos(POLL.toNanos());
            screen = screen();
        }
    }

    /**
     * Waits until the screen does not show a text any more, for at most a minute.
     *
     * @param text the text, within one line
     * @throws IOException if tmux fails
     */
    public void awaitGone(String text) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (screen().contains(text)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("The terminal still shows \"" + text + "\":\n" + screen());
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    private String screen() throws IOException {
        return tmux("capture-pane", "-p", "-J");
    }

    private String tmux(String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of("tmux", "-L", server));
        command.addAll(List.of(words));
        try (Running tmux = Running.start(folder, environment, command)) {
            ProgramOutcome outcome = tmux.finish(PATIENCE);
            if (outcome.exitCode() != 0) {
                throw new IOException(outcome.toString());
            }
            return outcome.out();
        }
    }

    @Override
    public void close() throws IOException {
        tmux("kill-server");
    }
}
