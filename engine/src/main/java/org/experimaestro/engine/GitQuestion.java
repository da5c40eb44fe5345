package org.experimaestro.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The question to git for the commit of a plan's folder, which is asked in the background. Thread-safe. */
final class GitQuestion implements AutoCloseable {
    /** The time limit of each git command, for which the run does not wait. */
    private static final Duration LIMIT = Duration.ofSeconds(30);
    /** The longest time that the end of a run waits for the answer. */
    private static final Duration LAST_ANSWER = Duration.ofSeconds(1);

    private final @Nullable Path folder;
    private volatile @Nullable Thread thread;

    /**
     * Creates a question that is not asked yet.
     *
     * @param folder the folder of the plan; {@code null} if there is none, so that there is no answer
     */
    GitQuestion(@Nullable Path folder) {
        this.folder = folder;
    }

    /**
     * Asks git, and returns at once.
     *
     * @param answer receives the commit when git has answered; it is never called if there is none
     */
    void ask(Consumer<GitCommit> answer) {
        Path asked = folder;
        if (asked != null) {
            thread = Thread.ofVirtual().name("experimaestro-git").start(() -> {
                try {
                    GitCommit.find(asked, LIMIT).ifPresent(answer);
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                }
            });
        }
    }

    /** Waits for the answer for at most a second, because a short run ends before git has answered. */
    void await() {
        Thread asking = thread;
        try {
            if (asking != null) {
                asking.join(LAST_ANSWER);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops the question. Does not wait. */
    @Override
    public void close() {
        Thread asking = thread;
        if (asking != null) {
            asking.interrupt();
        }
    }
}
