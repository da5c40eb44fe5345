package org.experimaestro.web.api;

import java.io.IOException;
import java.util.Optional;
import org.experimaestro.WorkspaceException;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.monitor.timeline.JobSpan;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.workspace.Attempt;
import org.experimaestro.workspace.BatchJobReference;
import org.experimaestro.workspace.JobState;
import org.experimaestro.workspace.ProcessIdentity;

/** A reader of the files of the attempt of one turn, which later attempts at the job may have followed. */
final class TurnFiles {
    private TurnFiles() {}

    /**
     * Returns a turn of a former run with its end by the attempt's files, if the journal has none: the run has ended before.
     *
     * @param span the turn
     * @param job its job as it is now
     * @return the turn itself if it has an end, or goes on; a later attempt has followed one whose end no file has
     */
    static JobSpan ended(JobSpan span, JobView job) {
        if (span.to() != null) {
            return span;
        }
        if (isLast(span, job)) {
            return job.ended()
                    .filter(end -> !end.isBefore(span.from()))
                    .map(end -> span.ended(end, job.lastState()))
                    .orElse(span);
        }
        return read(span, job, attempt -> attempt.record().findFailure())
                .flatMap(failure -> Optional.ofNullable(failure.ended()))
                .map(end -> span.ended(end, JobState.FAILED))
                .orElseGet(() -> span.ended(span.from(), JobState.FAILED));
    }

    /**
     * Finds the host of the process.
     *
     * @param span the turn
     * @param job its job as it is now
     * @return empty if no process has begun, or the file cannot be read
     */
    static Optional<String> host(JobSpan span, JobView job) {
        return isLast(span, job)
                ? RowsResource.host(job)
                : read(span, job, attempt -> attempt.record().findProcess()).map(ProcessIdentity::host);
    }

    /**
     * Finds the launcher whose batch system had the attempt.
     *
     * @param span the turn
     * @param job its job as it is now
     * @return the launcher's name; {@code this machine} without a batch system; {@code not known} if the file cannot be read
     */
    static String launcher(JobSpan span, JobView job) {
        try {
            Optional<String> launcher = isLast(span, job)
                    ? job.launcher()
                    : job.folder().attempt(span.attempt()).batchJob().map(BatchJobReference::launcher);
            return launcher.orElse("this machine");
        } catch (WorkspaceException | IOException | JsonException | IllegalArgumentException unreadable) {
            return TimelineResource.UNKNOWN;
        }
    }

    /** Returns whether a turn is that of the job's last attempt, as one without a number must be. */
    private static boolean isLast(JobSpan span, JobView job) {
        return span.attempt() == 0
                || span.attempt() == job.status().lastAttempt().orElse(span.attempt());
    }

    private interface Reader<T> {
        Optional<T> read(Attempt attempt) throws IOException;
    }

    /** Reads a file of the attempt. One that cannot be read hides only its own value. */
    private static <T> Optional<T> read(JobSpan span, JobView job, Reader<T> reader) {
        try {
            return reader.read(job.folder().attempt(span.attempt()));
        } catch (IOException | JsonException | IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }
}
