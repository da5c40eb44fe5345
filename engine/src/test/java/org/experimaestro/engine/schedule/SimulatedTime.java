package org.experimaestro.engine.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import org.experimaestro.engine.time.RunClock;

/**
 * A clock that goes from one event to the next when the test says so. Events of the same time come in the order in which
 * they were made. Thread-safe.
 */
final class SimulatedTime implements RunClock {
    private static final Instant START = Instant.parse("2026-11-28T12:00:00Z");

    private final Queue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::minute).thenComparingLong(Event::number));
    private long number;
    private long minute;

    private record Event(long minute, long number, Runnable action) {}

    /** Returns the minutes since the start. */
    synchronized long minute() {
        return minute;
    }

    synchronized Event at(long when, Runnable action) {
        Event event = new Event(Math.max(when, minute), number++, action);
        events.add(event);
        return event;
    }

    /** Goes on to the next event; returns false if there is none. */
    boolean advance() {
        Event next;
        synchronized (this) {
            next = events.poll();
            if (next == null) {
                return false;
            }
            minute = next.minute;
        }
        next.action.run();
        return true;
    }

    private synchronized void cancel(Event event) {
        events.remove(event);
    }

    @Override
    public Instant instant() {
        return START.plus(Duration.ofMinutes(minute()));
    }

    @Override
    public long nanoTime() {
        return Duration.ofMinutes(minute()).toNanos();
    }

    @Override
    public void sleep(Duration time) {
        throw new UnsupportedOperationException("The scheduler does not sleep");
    }

    @Override
    public Alarm alarm(Duration delay, Runnable action) {
        Event event = at(minute() + delay.toMinutes(), action);
        return () -> cancel(event);
    }
}
