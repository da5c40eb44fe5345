package org.experimaestro.monitor.event;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.experimaestro.monitor.log.Progress;
import org.experimaestro.workspace.JobState;
import org.jspecify.annotations.Nullable;

/** Something that has happened in a workspace. Immutable. */
public sealed interface WorkspaceEvent {

    /**
     * Returns the time of the event.
     *
     * @return the time by the clock of the host that recorded it; without a record, the time when it was seen
     */
    Instant time();

    /**
     * A run has begun, ended, died or been deleted.
     *
     * @param time the time
     * @param experiment the name of the run's experiment
     * @param run the run's name
     * @param before the state before, in lower case; {@code null} if the run is new, or the state is not known
     * @param after the outcome of a run that has ended, or running, died or unknown; {@code null} if the run was deleted
     */
    record RunChange(
            Instant time,
            String experiment,
            String run,
            @Nullable String before,
            @Nullable String after) implements WorkspaceEvent {}

    /**
     * A run has moved a job to another phase, according to the run's journal.
     *
     * @param time the time
     * @param experiment the name of the run's experiment
     * @param run the run's name
     * @param job the job's name: type id and identifier, joined by a slash
     * @param before the phase before in this run, in lower case; {@code null} if there was none
     * @param after the phase, in lower case: waiting, ready, running, done, failed or skipped
     * @param attempt the number of the attempt; empty if there is none, or the run does not know it
     * @param message a message for people; may be empty
     */
    record PhaseChange(
            Instant time,
            String experiment,
            String run,
            String job,
            @Nullable String before,
            String after,
            OptionalInt attempt,
            String message)
            implements WorkspaceEvent {}

    /**
     * A job's files tell another state, progress or metrics.
     *
     * @param time the time
     * @param job the job's name
     * @param before the state before; {@code null} if the job is new, or the state is not known
     * @param after the state, which is the same if only progress or metrics have changed; {@code null} if the job was
     *     deleted
     * @param attempt the number of the last attempt; empty if there was none
     * @param message the reason of a failure, or a problem; may be empty
     * @param progress the last progress of each level
     * @param metrics the last value of each metric
     */
    record JobChange(
            Instant time,
            String job,
            @Nullable JobState before,
            @Nullable JobState after,
            OptionalInt attempt,
            String message,
            List<Progress> progress,
            Map<String, Double> metrics)
            implements WorkspaceEvent {}
}
