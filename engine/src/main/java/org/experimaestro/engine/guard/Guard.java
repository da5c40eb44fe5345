package org.experimaestro.engine.guard;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A guard that runs code which may throw anything, such as a listener, a launcher type, or code of Experimaestro with a
 * mistake. The guard logs the exception, and the calling thread, on which others depend, goes on. Thread-safe.
 *
 * <p>Exceptions of the same class and line are logged once per guard, because a broken listener is called for each
 * event of each job.
 */
public final class Guard {
    private static final System.Logger LOGGER = System.getLogger(Guard.class.getName());

    private final String guarded;
    private final Set<String> logged = ConcurrentHashMap.newKeySet();

    /**
     * Creates a guard.
     *
     * @param guarded the name of the guarded code, as the subject of a sentence in the log
     */
    public Guard(String guarded) {
        this.guarded = guarded;
    }

    /**
     * Runs an action.
     *
     * @param action the action
     * @return the exception, which has been logged; empty if the action returned
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
            // There is no other way to report it, and the thread must go on.
            thrown.addSuppressed(unloggable);
        }
    }
}
