package org.experimaestro.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.experimaestro.engine.time.RunClock;

/**
 * A clock that stands still until the test advances it. It wakes what waits for it: jobs with a delay, and delayed
 * actions of the run, such as the end of a job's time. Thread-safe.
 *
 * <p>A run with this clock records its own times by it. The files of its jobs have the times of the machine.
 *
 * <p>{@snippet :
 * clock.awaitSleepers(2); // both jobs have begun
 * clock.advance(Duration.ofMinutes(5));
 * }
 */
public final class ManualClock implements RunClock {
    private Instant now;
    /** The ends of the jobs' delays. */
    private final List<Instant> delays = new ArrayList<>();

    private final List<Waiting> alarms = new ArrayList<>();

    /** An action and its time. No record: two that are equal are two. */
    private static final class Waiting {
        private final Instant time;
        private final Runnable action;

        Waiting(Instant time, Runnable action) {
            this.time = time;
            this.action = action;
        }
    }

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

    @Override
    public synchronized long nanoTime() {
        return Duration.between(Instant.EPOCH, now).toNanos();
    }

    /**
     * Advances the clock. Alarms whose time has come ring before the return, on this thread and in their order.
     *
     * @param time the duration to add, 0 or more
     * @throws IllegalArgumentException if the time is negative
     */
    public void advance(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("A clock cannot go back, by " + time);
        }
        List<Waiting> due;
        synchronized (this) {
            now = now.plus(time);
            due = alarms.stream()
                    .filter(alarm -> !now.isBefore(alarm.time))
                    .sorted(Comparator.comparing(alarm -> alarm.time))
                    .toList();
            alarms.removeAll(due);
            notifyAll();
        }
        due.forEach(alarm -> alarm.action.run());
    }

    /**
     * Waits until the clock has been advanced by some time from now.
     *
     * @param time the duration; if it is not positive, the method returns at once
     * @throws InterruptedException if this thread is interrupted
     */
    @Override
    public synchronized void sleep(Duration time) throws InterruptedException {
        Instant end = now.plus(time);
        while (now.isBefore(end)) {
            wait();
        }
    }

    /** Waits like {@link #sleep}, and counts as a job. */
    synchronized void delay(Duration time) throws InterruptedException {
        Instant end = now.plus(time);
        delays.add(end);
        notifyAll();
        try {
            sleep(time);
        } finally {
            delays.remove(end);
        }
    }

    /**
     * Waits until a number of jobs wait for the end of their delay ({@link JobBehavior#after}), so that a test advances
     * the clock only after its jobs have begun. A job whose time has come does not count, even if it has not continued
     * yet. Threads of the run that sleep do not count either.
     *
     * @param count the least number of jobs
     * @throws InterruptedException if this thread is interrupted
     */
    public synchronized void awaitSleepers(int count) throws InterruptedException {
        while (delays.stream().filter(now::isBefore).count() < count) {
            wait();
        }
    }

    @Override
    public synchronized Alarm alarm(Duration delay, Runnable action) {
        Waiting alarm = new Waiting(now.plus(delay), action);
        alarms.add(alarm);
        notifyAll();
        return () -> cancel(alarm);
    }

    private synchronized void cancel(Waiting alarm) {
        alarms.remove(alarm);
    }

    /**
     * Waits until a number of delayed actions of the run wait for this clock, such as the retry of a failed job.
     *
     * @param count the least number of alarms
     * @throws InterruptedException if this thread is interrupted
     */
    public synchronized void awaitAlarms(int count) throws InterruptedException {
        while (alarms.size() < count) {
            wait();
        }
    }

    /**
     * Returns the number of alarms that have neither rung nor been cancelled.
     *
     * @return 0 if no action of the run waits for this clock
     */
    public synchronized int alarms() {
        return alarms.size();
    }
}
