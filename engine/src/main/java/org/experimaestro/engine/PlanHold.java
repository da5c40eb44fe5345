package org.experimaestro.engine;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.experimaestro.engine.schedule.Demand;
import org.experimaestro.engine.schedule.Ending;
import org.experimaestro.engine.schedule.Job;
import org.experimaestro.engine.schedule.Phase;
import org.experimaestro.engine.schedule.Scheduler;
import org.experimaestro.engine.schedule.Work;

/**
 * A job of the graph that does nothing, and keeps the run from its end: as long as callbacks may come, more jobs may be
 * submitted. It is no job of the plan. Thread-safe.
 */
final class PlanHold implements Work {
    private final CountDownLatch released = new CountDownLatch(1);

    private PlanHold() {}

    /** Holds the end of a scheduler's jobs from now on. */
    static PlanHold of(Scheduler scheduler) {
        PlanHold hold = new PlanHold();
        scheduler.submit(new Job(hold, List.of()), Scheduler.Found.RUNNING);
        return hold;
    }

    /** Holds the end no longer. What was submitted before does. */
    void release() {
        released.countDown();
    }

    @Override
    public Ending run() {
        try {
            released.await();
            return new Ending.Done();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return new Ending.Done();
        }
    }

    @Override
    public List<Demand> demands() {
        return List.of();
    }

    @Override
    public void changed(Phase phase) {}
}
