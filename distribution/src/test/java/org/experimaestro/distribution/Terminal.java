package org.experimaestro.distribution;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** A shell in a real terminal, that of tmux, on a server of its own. */
final class Terminal implements AutoCloseable {
    /** tmux tells nobody when its screen changes. */
    private static final Duration POLL = Duration.ofMillis(100);

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Path folder;
    private final Map<String, String> environment;
    private final String server;

    Terminal(Path folder, Map<String, String> environment) throws IOException {
        this(folder, environment, 150, 30);
    }

    Terminal(Path folder, Map<String, String> environment, int columns, int rows) throws IOException {
        this.folder = folder;
        this.environment = environment;
        this.server = "experimaestro-" + ProcessHandle.current().pid() + "-" + System.nanoTime();
        tmux("-f", "/dev/null", "new-session", "-d", "-x", "" + columns, "-y", "" + rows, "sh");
    }

    /** Types a line. */
    void type(String line) throws IOException {
        tmux("send-keys", "-l", line);
        tmux("send-keys", "Enter");
    }

    /** Types keys, each a character or a name of tmux such as {@code Enter}. */
    void press(String... keys) throws IOException {
        for (String key : keys) {
            tmux("send-keys", key);
        }
    }

    /** Changes the size of the screen. */
    void resize(int columns, int rows) throws IOException {
        tmux("resize-window", "-x", "" + columns, "-y", "" + rows);
    }

    /** Types Ctrl-C. */
    void interrupt() throws IOException {
        tmux("send-keys", "C-c");
    }

    /** Waits until the screen shows a text. */
    void await(String text) throws IOException {
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

    /** Waits until the screen does not show a text any more. */
    void awaitGone(String text) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (screen().contains(text)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("The terminal still shows \"" + text + "\":\n" + screen());
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    private String screen() throws IOException {
        return tmux("capture-pane", "-p", "-J").out();
    }

    private Scripts.Outcome tmux(String... words) throws IOException {
        var command = new ArrayList<>(List.of("tmux", "-L", server));
        command.addAll(List.of(words));
        var outcome = Scripts.run(folder, environment, command.toArray(String[]::new));
        if (outcome.exitCode() != 0) {
            throw new IOException("tmux " + String.join(" ", words) + ": " + outcome.err());
        }
        return outcome;
    }

    @Override
    public void close() throws IOException {
        tmux("kill-server");
    }
}
