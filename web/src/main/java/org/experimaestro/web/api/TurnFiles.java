package org.experimaestro.web.api;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.WorkspaceException;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.monitor.timeline.JobSpan;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.workspace.Attempt;
import org.experimaestro.workspace.BatchJobReference;
import org.experimaestro.workspace.JobState;
import org.experimaestro.workspace.ProcessIdentity;

/**
 * A reader of the files of the attempts of turns, also of those that later attempts have followed. The files of these are
 * read once, because nothing changes them any more. Thread-safe.
 */
final class TurnFiles {
    /** A turn without a recorded end is read again after this time: a copy of its files may come late from another host. */
    private static final Duration AGE = Duration.ofMinutes(1);

    private final int most;
    private final Map<Turn, Former> known = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * Creates a reader.
     *
     * @param most the largest number of turns that it remembers
     */
    TurnFiles(int most) {
        this.most = most;
    }

    /** A turn; a job that was cleaned begins its attempts anew. */
    private record Turn(String job, int attempt, Instant from) {}

    /**
     * The content of the files of a former attempt.
     *
     * @param launcher the words for its launcher
     */
    private record Former(Optional<Instant> ended, Optional<String> host, String launcher, Instant readAt) {}

    /**
     * Returns a turn of a former run with its end by the attempt's files, if the journal has none: the run has ended before.
     *
     * @param span the turn
     * @param job its job as it is now
     * @param now the time of the answer
     * @return the turn itself if it has an end, or goes on; a later attempt has followed one whose end no file has
     */
    JobSpan ended(JobSpan span, JobView job, Instant now) {
        if (span.to() != null) {
            return span;
        }
        if (isLast(span, job)) {
            return job.ended()
                    .filter(end -> !end.isBefore(span.from()))
                    .map(end -> span.ended(end, job.lastState()))
                    .orElse(span);
        }
        return span.ended(former(span, job, now).ended().orElse(span.from()), JobState.FAILED);
    }

    /**
     * Finds the host of the process.
     *
     * @param span the turn
     * @param job its job as it is now
     * @param now the time of the answer
     * @return empty if no process has begun, or the file cannot be read
     */
    Optional<String> host(JobSpan span, JobView job, Instant now) {
        return isLast(span, job)
                ? RowsResource.host(job)
                : former(span, job, now).host();
    }

    /**
     * Finds the launcher whose batch system had the attempt.
     *
     * @param span the turn
     * @param job its job as it is now
     * @param now the time of the answer
     * @return the launcher's name; {@code this machine} without a batch system; {@code not known} if the file cannot be read
     */
    String launcher(JobSpan span, JobView job, Instant now) {
        return isLast(span, job)
                ? launcher(job::launcher)
                : former(span, job, now).launcher();
    }

    /** Returns whether a turn is that of the job's last attempt, as one without a number must be. */
    private static boolean isLast(JobSpan span, JobView job) {
        return span.attempt() == 0
                || span.attempt() == job.status().lastAttempt().orElse(span.attempt());
    }

    private Former former(JobSpan span, JobView job, Instant now) {
        Turn turn = new Turn(span.job(), span.attempt(), span.from());
        synchronized (known) {
            Former former = known.get(turn);
            if (former != null
                    && (former.ended().isPresent() || former.readAt().plus(AGE).isAfter(now))) {
                return former;
            }
        }
        Attempt attempt = job.folder().attempt(span.attempt());
        Optional<String> host = read(() -> attempt.record().findProcess()).map(ProcessIdentity::host);
        Optional<Instant> ended =
                read(() -> attempt.record().findFailure()).flatMap(failure -> Optional.ofNullable(failure.ended()));
        String launcher = launcher(() -> attempt.batchJob().map(BatchJobReference::launcher));
        Former read = new Former(ended, host, launcher, now);
        synchronized (known) {
            known.put(turn, read);
            if (known.size() > most) {
                known.remove(known.keySet().iterator().next());
            }
        }
        return read;
    }

    private static String launcher(Reader<String> reader) {
        try {
            return reader.read().orElse("this machine");
        } catch (WorkspaceException | IOException | JsonException | IllegalArgumentException unreadable) {
            return TimelineResource.UNKNOWN;
        }
    }

    private interface Reader<T> {
        Optional<T> read() throws IOException;
    }

    /** Reads a file of an attempt. One that cannot be read hides only its own value. */
    private static <T> Optional<T> read(Reader<T> reader) {
        try {
            return reader.read();
        } catch (IOException | JsonException | IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }
}
