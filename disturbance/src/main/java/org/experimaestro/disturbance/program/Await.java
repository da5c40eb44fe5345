package org.experimaestro.disturbance.program;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what tells nobody that it has changed, such as the state of a job. */
public final class Await {
    private static final Duration PERIOD = Duration.ofMillis(100);

    private Await() {}

    /**
     * Looks until a condition holds.
     *
     * @param what the condition in words, for the error
     * @param patience how long at most
     * @param condition the condition
     * @throws AssertionError when the time is over
     */
    public static void until(String what, Duration patience, BooleanSupplier condition) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("Waited " + patience + " in vain for " + what);
            }
            LockSupport.parkNanos(PERIOD.toNanos());
        }
    }
}
