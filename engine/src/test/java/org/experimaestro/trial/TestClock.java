package org.experimaestro.trial;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.experimaestro.engine.time.RunClock;

/**
 * A clock that stands still until the test advances it. Its alarms ring, in their order, in the thread that advances it.
 * The test kit has one for users, which tests below the kit cannot call.
 */
public final class TestClock implements RunClock {
    private Instant now = Instant.parse("2026-11-28T12:00:00Z");
    private final List<Waiting> alarms = new ArrayList<>();
    /** When the sleepers wake. */
    private final List<Instant> sleepers = new ArrayList<>();

    private record Waiting(Instant time, Runnable action) {}

    @Override
    public synchronized Instant instant() {
        return now;
    }

    @Override
    public synchronized long nanoTime() {
        return Duration.between(Instant.EPOCH, now).toNanos();
    }

    @Override
    public synchronized void sleep(Duration time) throws InterruptedException {
        Instant end = now.plus(time);
        sleepers.add(end);
        notifyAll();
        try {
            while (now.isBefore(end)) {
                wait();
            }
        } finally {
            sleepers.remove(end);
        }
    }

    @Override
    public synchronized Alarm alarm(Duration delay, Runnable action) {
        Waiting alarm = new Waiting(now.plus(delay), action);
        alarms.add(alarm);
        return () -> cancel(alarm);
    }

    private synchronized void cancel(Waiting alarm) {
        alarms.removeIf(each -> each == alarm);
    }

    /** How many alarms have not rung yet. */
    public synchronized int alarms() {
        return alarms.size();
    }

    /** Waits until so many threads sleep. A thread whose time has come sleeps no longer, even if it has not gone on yet. */
    public synchronized void awaitSleepers(int count) throws InterruptedException {
        while (sleepers.size() < count) {
            wait();
        }
    }

    /** Lets some time pass. */
    public void advance(Duration time) {
        List<Waiting> due = new ArrayList<>();
        synchronized (this) {
            now = now.plus(time);
            alarms.stream()
                    .filter(alarm -> !now.isBefore(alarm.time()))
                    .sorted(Comparator.comparing(Waiting::time))
                    .forEach(due::add);
            alarms.removeAll(due);
            sleepers.removeIf(end -> !now.isBefore(end));
            notifyAll();
        }
        due.forEach(alarm -> alarm.action().run());
    }
}
