package org.experimaestro.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.experimaestro.engine.schedule.Phase;
import org.experimaestro.engine.time.RunClock;

/**
 * The wait of a job at its launcher, which the run records and reports when it changes. A batch system may correct its
 * expected start at each poll, and 10,000 jobs may wait. So a new time is recorded only if it differs from the recorded
 * one by a quarter of what is left, which happens a few times for each job. Thread-safe.
 */
final class LauncherWait {
    private static final Duration LEAST_MOVE = Duration.ofMinutes(1);

    private final SubmittedTask task;
    private final RunRecord record;
    private final RunListener listener;
    private final RunClock clock;
    private String state = "";
    private Optional<Instant> start = Optional.empty();

    /**
     * Creates a wait that has not begun.
     *
     * @param task the job
     * @param record the writer of the run's journal
     * @param listener the listener of the run
     * @param clock the run's clock
     */
    LauncherWait(SubmittedTask task, RunRecord record, RunListener listener, RunClock clock) {
        this.task = task;
        this.record = record;
        this.listener = listener;
        this.clock = clock;
    }

    /**
     * Handles what the launcher reports.
     *
     * @param newState the job's state; empty if it waits for nothing any longer
     * @param expectedStart the time at which the batch system expects to start it
     */
    synchronized void changed(String newState, Optional<Instant> expectedStart) {
        boolean isOther = !newState.equals(state);
        if (!isOther && !hasMoved(expectedStart)) {
            return;
        }
        state = newState;
        start = expectedStart;
        record.waits(task, Phase.RUNNING, newState, expectedStart);
        if (isOther) {
            listener.statusChanged(task, newState);
        }
    }

    /** Returns whether a time is news. A time that is missing is none: the system has not planned the job this time. */
    private boolean hasMoved(Optional<Instant> expectedStart) {
        if (expectedStart.isEmpty() || start.isEmpty()) {
            return expectedStart.isPresent();
        }
        Duration move = Duration.between(start.get(), expectedStart.get()).abs();
        Duration left = Duration.between(clock.instant(), expectedStart.get()).abs();
        return move.compareTo(LEAST_MOVE) > 0 && move.multipliedBy(4).compareTo(left) > 0;
    }
}
