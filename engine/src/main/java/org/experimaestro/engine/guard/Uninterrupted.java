package org.experimaestro.engine.guard;

import java.time.Duration;
import org.experimaestro.engine.time.RunClock;

/** A wait that an interrupt does not cut short. The thread is interrupted again after it. */
public final class Uninterrupted {

    /** A wait with a limit. */
    @FunctionalInterface
    public interface Wait {
        /**
         * Waits.
         *
         * @param limit the longest time to wait
         * @return whether the awaited event has come
         * @throws InterruptedException if this thread is interrupted
         */
        boolean await(Duration limit) throws InterruptedException;
    }

    private Uninterrupted() {}

    /**
     * Waits for an event, also if this thread is interrupted before or meanwhile.
     *
     * @param limit the longest time to wait, by the system's clock
     * @param wait the wait, which is repeated after each interrupt
     * @return whether the event has come
     */
    public static boolean await(Duration limit, Wait wait) {
        boolean isInterrupted = Thread.interrupted();
        long end = RunClock.SYSTEM.nanoTime() + limit.toNanos();
        try {
            while (true) {
                try {
                    return wait.await(Duration.ofNanos(Math.max(0, end - RunClock.SYSTEM.nanoTime())));
                } catch (InterruptedException again) {
                    isInterrupted = true;
                }
            }
        } finally {
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
