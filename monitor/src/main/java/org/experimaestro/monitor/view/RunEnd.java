package org.experimaestro.monitor.view;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.workspace.JobCount;
import org.experimaestro.workspace.JobState;
import org.jspecify.annotations.Nullable;

/**
 * The states in which a run has left its jobs, according to the record of its end. Later runs, retries and cleanings change
 * the jobs, and not the record. Immutable.
 */
public final class RunEnd {
    /** The counts of the jobs that were not done. */
    private final Map<String, JobCount> undone;

    private final Optional<Instant> time;

    private RunEnd(Map<String, JobCount> undone, Optional<Instant> time) {
        this.undone = undone;
        this.time = time;
    }

    /**
     * Reads the record of a run.
     *
     * @param run the run
     * @return empty if the run goes on, has died, or was run by a version that recorded other counts
     */
    public static Optional<RunEnd> find(RunView run) {
        if (JobCount.read(run.description()).isEmpty()) {
            return Optional.empty();
        }
        Map<String, JobCount> undone = new HashMap<>();
        for (JobCount count : JobCount.values()) {
            if (!count.isDone()) {
                if (!count.isIn(run.description())) {
                    continue;
                }
                if (!(run.description().get(count.key()) instanceof Collection<?> names)) {
                    return Optional.empty();
                }
                names.forEach(name -> undone.put(String.valueOf(name), count));
            }
        }
        return Optional.of(new RunEnd(undone, run.ended()));
    }

    /**
     * Returns the state in which the run has left a job of its own.
     *
     * @param name the job's name
     * @param now the job as it is now; {@code null} if it has no view
     * @return new for a job that the run has not started; done for one that it did not need, and that was done before; the
     *     present state of one that went on without the run
     */
    public JobState state(String name, @Nullable JobView now) {
        return switch (undone.getOrDefault(name, JobCount.EXECUTED)) {
            case EXECUTED, EXECUTED_BY_ANOTHER, DONE_BEFORE -> JobState.DONE;
            case FAILED -> JobState.FAILED;
            case SKIPPED, NOT_STARTED, LEFT_OUT -> JobState.NEW;
            case NOT_NEEDED -> now != null && wasDone(now) ? JobState.DONE : JobState.NEW;
            case LEFT -> now == null ? JobState.NEW : now.state();
        };
    }

    /** Returns whether the job was done at the end of the run: a run does not need a job whose outputs were removed. */
    private boolean wasDone(JobView job) {
        return job.status()
                .findDone()
                .filter(done -> time.isEmpty() || !done.ended().isAfter(time.get()))
                .isPresent();
    }

    /**
     * Returns the state in which the run has left a job of its own.
     *
     * @param job the job as it is now
     * @return as for {@link #state(String, JobView)}
     */
    public JobState state(JobView job) {
        return state(job.name(), job);
    }

    /**
     * Returns whether the run has skipped a job, because one that it needs had failed.
     *
     * @param name the job's name
     * @return false also for a job that the run has not submitted
     */
    public boolean hasSkipped(String name) {
        return undone.get(name) == JobCount.SKIPPED;
    }
}
