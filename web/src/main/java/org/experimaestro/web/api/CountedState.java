package org.experimaestro.web.api;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.monitor.view.RunEnd;
import org.experimaestro.workspace.JobState;
import org.jspecify.annotations.Nullable;

/** A part of a bar of states, in the order of bars. */
public enum CountedState {
    /** The job is done. */
    DONE,
    /** The job has failed. */
    FAILED,
    /** The job's files cannot be read. */
    CORRUPT,
    /** The job runs. */
    RUNNING,
    /** The job is about to start. */
    STARTING,
    /** A batch system has the job. */
    QUEUED,
    /** The job waits, or no run will start it. */
    NEW,
    /** The job is new, and its run will not start it, because a job that it needs has failed. */
    SKIPPED;

    /**
     * Returns the counted state of a state.
     *
     * @param state the state of a job
     * @return the one of the same name
     */
    public static CountedState of(JobState state) {
        return valueOf(state.name());
    }

    /**
     * Returns the counted state of a job in a run.
     *
     * @param job the job
     * @param skipped the names of the new jobs that the run does not start
     * @return {@link #SKIPPED} for one of these, else the one of the job's state
     */
    public static CountedState of(JobView job, Set<String> skipped) {
        JobState state = job.state();
        return state == JobState.NEW && skipped.contains(job.name()) ? SKIPPED : of(state);
    }

    /**
     * Returns the counted state in which a run has left a job.
     *
     * @param end the record of the run's end
     * @param name the job's name
     * @param now the job as it is now; {@code null} if it has no view
     * @return {@link #SKIPPED} for a job that the run has skipped, else the one of the state then
     */
    static CountedState of(RunEnd end, String name, @Nullable JobView now) {
        return end.hasSkipped(name) ? SKIPPED : of(end.state(name, now));
    }

    /**
     * Counts states.
     *
     * @param states the states
     * @return the numbers that are not 0, in the order of bars
     */
    public static Map<CountedState, Integer> count(Iterable<CountedState> states) {
        Map<CountedState, Integer> counts = new EnumMap<>(CountedState.class);
        states.forEach(phase -> counts.merge(phase, 1, Integer::sum));
        return counts;
    }
}
