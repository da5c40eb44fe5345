package org.experimaestro.cli.job;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.experimaestro.base.text.DecimalText;
import org.experimaestro.cli.output.ValueTexts;
import org.experimaestro.monitor.compare.CausePhrases;
import org.experimaestro.monitor.detail.JobCaptions;
import org.experimaestro.monitor.log.Progress;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.code.CodeChange;
import org.jspecify.annotations.Nullable;

/** The texts about jobs for people. */
final class JobTexts {
    private JobTexts() {}

    /** Returns why a job is in its state: how it failed, which code has changed, or where it is queued. */
    static String detail(JobView job, JobsView view, @Nullable CodeChange change) {
        if (change != null && !change.isNone()) {
            return "other code: " + CausePhrases.code(change);
        }
        if (!job.problem().isEmpty()) {
            return job.problem();
        }
        return switch (job.status()) {
            case JobStatus.Corrupt corrupt -> corrupt.message();
            case JobStatus.Failed failed -> failure(failed);
            case JobStatus.Running running -> JobCaptions.place(running);
            case JobStatus.Queued queued -> queued.batchJob().toString();
            case JobStatus.Done _, JobStatus.Removed _ -> JobCaptions.ofDone(job, view);
            case JobStatus.New _, JobStatus.Starting _ -> "";
        };
    }

    /** Returns the last values of a job that is not done: its progress, then its metrics. */
    static String soFar(JobView job) {
        if (job.status().findDone().isPresent()) {
            return "";
        }
        if (!job.lastValuesProblem().isEmpty()) {
            return "cannot be read";
        }
        return Stream.of(progress(job), metrics(job.metricsSoFar()))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(" "));
    }

    /** Returns metrics for people. */
    static String metrics(Map<String, Double> metrics) {
        return metrics.entrySet().stream()
                .map(metric -> metric.getKey() + "=" + metric(metric.getValue()))
                .collect(Collectors.joining(" "));
    }

    /** Returns the value of a metric for people; an empty text if there is none. */
    static String metric(@Nullable Object value) {
        return value instanceof Number number ? DecimalText.rounded(number.doubleValue()) : "";
    }

    /** Returns the reason why a job failed, as a sentence without its subject, the job. */
    static String failure(JobStatus.Failed failed) {
        String phrase = failed.cause().phrase();
        return failed.message().isBlank() ? phrase : phrase + ": " + failed.message();
    }

    private static String of(Progress progress) {
        return (ValueTexts.percent(progress.fraction()) + " " + progress.description()).strip();
    }

    /** Returns the last progress of each level. */
    static String progress(JobView job) {
        return job.progress().stream().map(JobTexts::of).collect(Collectors.joining(" > "));
    }
}
