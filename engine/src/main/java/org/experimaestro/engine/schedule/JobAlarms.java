package org.experimaestro.engine.schedule;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.experimaestro.engine.time.RunClock;

/** The delayed actions of a scheduler: at most one for each job. Confined to the scheduler's thread. */
final class JobAlarms {
    private final RunClock clock;
    private final Consumer<Runnable> events;
    private final Map<Job, Pending> pending = new HashMap<>();
    private long numbers;

    /** An alarm with its number, which differs from those of earlier alarms. */
    private record Pending(long number, RunClock.Alarm alarm) {}

    /**
     * Creates an empty set of alarms.
     *
     * @param clock the clock that measures the delays
     * @param events the receiver of the actions that are due; any thread may call it
     */
    JobAlarms(RunClock clock, Consumer<Runnable> events) {
        this.clock = clock;
        this.events = events;
    }

    /**
     * Schedules an action for a job, in place of a former one. A cancelled action never runs, even if its time has come
     * already.
     */
    void set(Job job, Duration delay, Runnable action) {
        long number = numbers++;
        RunClock.Alarm alarm = clock.alarm(delay, () -> events.accept(() -> ring(job, number, action)));
        pending.put(job, new Pending(number, alarm));
    }

    private void ring(Job job, long number, Runnable action) {
        Pending found = pending.get(job);
        if (found != null && found.number() == number) {
            pending.remove(job);
            action.run();
        }
    }

    void cancel(Job job) {
        Pending found = pending.remove(job);
        if (found != null) {
            found.alarm().cancel();
        }
    }

    void cancelAll() {
        pending.values().forEach(each -> each.alarm().cancel());
    }
}
