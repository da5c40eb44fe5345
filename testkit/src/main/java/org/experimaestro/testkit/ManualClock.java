package org.experimaestro.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * A clock that stands still until the test advances it, which wakes the jobs that wait for it. Thread-safe.
 *
 * <p>Only code with this clock follows it: the times that are stored in a workspace are those of the machine.
 *
 * <p>{@snippet :
 * clock.awaitSleepers(2); // both jobs have begun
 * clock.advance(Duration.ofMinutes(5));
 * }
 */
public final class ManualClock implements InstantSource {
    private Instant now;
    private final List<Instant> alarms = new ArrayList<>();

    private ManualClock(Instant start) {
        this.now = start;
    }

    /**
     * Creates a clock.
     *
     * @param start the time that it shows until it is advanced
     * @return the clock
     */
    public static ManualClock at(Instant start) {
        return new ManualClock(start);
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    /**
     * Advances the clock.
     *
     * @param time the duration to add, 0 or more
     * @throws IllegalArgumentException if the time is negative
     */
    public synchronized void advance(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("A clock cannot go back, by " + time);
        }
        now = now.plus(time);
        notifyAll();
    }

    /**
     * Waits until the clock has been advanced by some time from now.
     *
     * @param time the duration; if it is not positive, the method returns at once
     * @throws InterruptedException if this thread is interrupted
     */
    public synchronized void sleep(Duration time) throws InterruptedException {
        Instant end = now.plus(time);
        alarms.add(end);
        notifyAll();
        try {
            while (now.isBefore(end)) {
                wait();
            }
        } finally {
            alarms.remove(end);
        }
    }

    /**
     * Waits until a number of threads {@link #sleep}, so that a test advances the clock only after its jobs have
     * begun. A thread whose time has come does not count, even if it has not continued yet.
     *
     * @param count the least number of threads
     * @throws InterruptedException if this thread is interrupted
     */
    public synchronized void awaitSleepers(int count) throws InterruptedException {
        while (alarms.stream().filter(now::isBefore).count() < count) {
            wait();
        }
    }
}
