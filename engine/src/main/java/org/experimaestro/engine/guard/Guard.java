package org.experimaestro.engine.guard;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Runs code that may throw anything, such as a listener's, a launcher type's, or our own with a mistake in it, on a thread
 * that others count on: the thread goes on, and the exception is logged. Thread-safe.
 *
 * <p>An exception is logged once per guard, class and line that threw it, because a broken listener is called for each event of
 * each job.
 */
public final class Guard {
    private static final System.Logger LOGGER = System.getLogger(Guard.class.getName());

    private final String guarded;
    private final Set<String> logged = ConcurrentHashMap.newKeySet();

    /**
     * Creates a guard.
     *
     * @param guarded the code that is guarded, as the subject of a sentence in the log
     */
    public Guard(String guarded) {
        this.guarded = guarded;
    }

    /**
     * Runs an action.
     *
     * @param action the action
     * @return what it threw, which has been logged; empty if it returned
     */
    public Optional<Throwable> run(Runnable action) {
        try {
            action.run();
            return Optional.empty();
        } catch (Throwable thrown) { // errors too: a class that is missing must not end the thread either
            log(thrown);
            return Optional.of(thrown);
        }
    }

    private static String kind(Throwable thrown) {
        StackTraceElement[] frames = thrown.getStackTrace();
        return thrown.getClass().getName() + (frames.length == 0 ? "" : " at " + frames[0]);
    }

    /**
     * Logs an exception, with its trace. Never throws.
     *
     * @param thrown the exception
     */
    public void log(Throwable thrown) {
        if (!logged.add(kind(thrown))) {
            return;
        }
        try {
            LOGGER.log(System.Logger.Level.ERROR, guarded + " has failed, and the run goes on", thrown);
        } catch (RuntimeException | Error unloggable) {
            // Nobody is left to be told, and the thread matters more.
            thrown.addSuppressed(unloggable);
        }
    }
}
