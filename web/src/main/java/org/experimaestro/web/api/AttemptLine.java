package org.experimaestro.web.api;

import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.experimaestro.monitor.detail.JobDetails;
import org.experimaestro.workspace.AttemptOrigin;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobStatus;

/**
 * An attempt at a job.
 *
 * @param number its number, from 1
 * @param host the host of its process
 * @param batchJob its batch job
 * @param worker the reason why it was to run in a warm worker, such as {@code set for its experiment}
 * @param started the start of its process
 * @param ended its end
 * @param cause the cause of its failure
 * @param message the message of its failure
 * @param streams the logs that it has: {@code out}, {@code err}
 * @param accounted the resources that its batch system has accounted
 */
record AttemptLine(
        int number,
        Optional<String> host,
        Optional<String> batchJob,
        Optional<String> worker,
        Optional<Instant> started,
        Optional<Instant> ended,
        Optional<String> cause,
        Optional<String> message,
        List<String> streams,
        Optional<AccountedUseLine> accounted) {

    static AttemptLine of(JobFolder job, JobDetails.AttemptDetails attempt) {
        List<String> streams = new ArrayList<>();
        if (Files.exists(job.standardOutput(attempt.number()))) {
            streams.add("out");
        }
        if (Files.exists(job.standardError(attempt.number()))) {
            streams.add("err");
        }
        return new AttemptLine(
                attempt.number(),
                attempt.host(),
                attempt.batchJob().map(Object::toString),
                Optional.of(attempt.origin()).filter(AttemptOrigin::isInWorker).map(AttemptOrigin::isolationReason),
                attempt.started(),
                attempt.ended(),
                attempt.failure().map(AttemptLine::cause),
                attempt.failure().map(JobStatus.Failed::message).filter(message -> !message.isBlank()),
                streams,
                attempt.accounted().map(AccountedUseLine::of));
    }

    /** Returns the cause of a failure as filters know it, with spaces. */
    static String cause(JobStatus.Failed failure) {
        return failure.cause().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
