package org.experimaestro.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * A clock that stands still until the test advances it, which wakes the jobs that wait for it. Thread-safe.
 *
 * <p>Only what is given this clock obeys it: the times that are stored in a workspace are those of the machine.
 */
public final class ManualClock implements InstantSource {
    private Instant now;
    private final List<Instant> alarms = new ArrayList<>();

    private ManualClock(Instant start) {
        this.now = start;
    }

    /**
     * Returns a clock.
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
     * @param time how far
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
     * Waits until the clock has been advanced by some time, seen from now.
     *
     * @param time how far; if it is not positive, the method returns at once
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
     * Waits until so many threads {@link #sleep}, so that a test advances the clock when its jobs have begun, and not before. A
     * thread whose time has come does not count, even if it has not gone on yet.
     *
     * @param count how many; also satisfied by more
     * @throws InterruptedException if this thread is interrupted
     */
    public synchronized void awaitSleepers(int count) throws InterruptedException {
        while (alarms.stream().filter(now::isBefore).count() < count) {
            wait();
        }
    }
}
