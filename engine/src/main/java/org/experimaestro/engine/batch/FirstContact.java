package org.experimaestro.engine.batch;

import java.time.Duration;
import org.experimaestro.engine.time.RunClock;
import org.experimaestro.spi.UnreachableException;

/**
 * A record of the first answer of a host. A host that has answered will most often do so again, and is waited for. If
 * several tries have not reached a host, its name or its settings may be wrong, and a person has to look. Thread-safe.
 */
final class FirstContact {
    /** The time and the number of tries after which a host that has not answered is given up. */
    static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final int TRIES = 5;

    private final RunClock clock;
    private boolean hasAnswered;
    private int failures;
    private long firstFailure;

    FirstContact(RunClock clock) {
        this.clock = clock;
    }

    synchronized void answered() {
        hasAnswered = true;
    }

    /** Counts a failure, and returns it, or a permanent one with the same reason. */
    synchronized UnreachableException failed(UnreachableException failure) {
        if (hasAnswered || failure.isPermanent()) {
            return failure;
        }
        if (failures++ == 0) {
            firstFailure = clock.nanoTime();
        }
        if (failures < TRIES || clock.nanoTime() - firstFailure < PATIENCE.toNanos()) {
            return failure;
        }
        return UnreachableException.permanent(failure.getMessage() + ". It has not answered once in "
                + PATIENCE.toMinutes() + " minutes and " + failures
                + " tries, and is given up; correct its settings, or run the same command again when it answers");
    }
}
