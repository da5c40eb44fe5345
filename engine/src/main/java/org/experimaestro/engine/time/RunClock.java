package org.experimaestro.engine.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The clock of the engine. The engine reads the time and waits only through this interface, so that a test can control
 * the time. Thread-safe.
 */
public interface RunClock extends InstantSource {
    /** The clock of this machine. */
    RunClock SYSTEM = new SystemClock();

    /**
     * Returns the time of day, for files and messages.
     *
     * @return the time, which goes back when somebody sets the machine's clock back
     */
    @Override
    Instant instant();

    /**
     * Returns a time that never goes back, for the measurement of durations.
     *
     * @return nanoseconds since an arbitrary moment, as {@link System#nanoTime}
     */
    long nanoTime();

    /**
     * Waits for a duration.
     *
     * @param time the duration; if it is not positive, the method returns at once
     * @throws InterruptedException if this thread is interrupted
     */
    void sleep(Duration time) throws InterruptedException;

    /**
     * Runs an action later.
     *
     * @param delay the time until then
     * @param action the action, which runs on a thread of the clock and returns soon
     * @return the alarm, which can be cancelled
     */
    Alarm alarm(Duration delay, Runnable action);

    /** An action that waits for its time. */
    interface Alarm {
        /** Prevents the action, unless its time has come. */
        void cancel();
    }
}
