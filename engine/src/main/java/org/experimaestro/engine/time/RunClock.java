package org.experimaestro.engine.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The only place where the engine asks for the time, and waits for it: a test that gives a clock of its own decides what
 * time it is. Thread-safe.
 */
public interface RunClock extends InstantSource {
    /** The clock of this machine. */
    RunClock SYSTEM = new SystemClock();

    /**
     * Returns the time of day, for what is stored and shown.
     *
     * @return the time, which goes back when somebody sets the machine's clock back
     */
    @Override
    Instant instant();

    /**
     * Returns a time that never goes back, for differences.
     *
     * @return nanoseconds since some moment, as those of {@link System#nanoTime}
     */
    long nanoTime();

    /**
     * Waits.
     *
     * @param time how long; if it is not positive, the method returns at once
     * @throws InterruptedException if this thread is interrupted
     */
    void sleep(Duration time) throws InterruptedException;

    /**
     * Has something done later.
     *
     * @param delay how much later
     * @param action what to do, on a thread of the clock; it returns soon
     * @return the alarm, which can be cancelled
     */
    Alarm alarm(Duration delay, Runnable action);

    /** An action that waits for its time. */
    interface Alarm {
        /** Has the action not done, unless its time has come. */
        void cancel();
    }
}
