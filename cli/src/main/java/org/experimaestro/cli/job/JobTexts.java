package org.experimaestro.cli.job;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.experimaestro.base.text.DecimalText;
import org.experimaestro.cli.option.StateConverter;
import org.experimaestro.cli.output.CodeTexts;
import org.experimaestro.cli.output.Line;
import org.experimaestro.cli.output.TextTable;
import org.experimaestro.cli.output.ValueTexts;
import org.experimaestro.core.json.Json;
import org.experimaestro.monitor.log.Progress;
import org.experimaestro.monitor.view.JobRow;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.workspace.BatchJobReference;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.JobState;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.Metrics;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.code.CodeChange;
import org.jspecify.annotations.Nullable;

/** A printer of jobs: as the lines of a table, or as lines of JSON. */
final class JobTexts {
    private static final int LONGEST_DETAIL = 120;
    private static final int LONGEST_VALUES = 60;

    private final Instant now;
    private final ZoneId zone;

    /**
     * Creates a printer.
     *
     * @param now the end of the durations of running jobs
     * @param zone the time zone of the printed times
     */
    JobTexts(Instant now, ZoneId zone) {
        this.now = now;
        this.zone = zone;
    }

    /**
     * Returns the lines of a table.
     *
     * @param changes the code that has changed since jobs were done, by the job's name
     */
    List<Line> table(List<JobRow> rows, JobsView view, Map<String, CodeChange> changes) {
        DateTimeFormatter time =
                DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(zone);
        TextTable table =
                new TextTable("STATE", "ID", "TYPE", "STARTED", "TIME", "EXPERIMENT", "TAGS", "SO FAR", "DETAIL");
        for (JobRow row : rows) {
            JobView job = row.job();
            table.add(
                    Line.of(StateConverter.name(job.state()), style(job.state())),
                    Line.of(view.shortId(job)),
                    Line.of(job.folder().typeId()),
                    Line.of(job.started().map(time::format).orElse("")),
                    Line.of(job.duration(now).map(ValueTexts::of).orElse("")),
                    Line.of(String.join(", ", row.experiments())),
                    Line.of(ValueTexts.cut(ValueTexts.of(row.tags()), LONGEST_DETAIL)),
                    Line.of(ValueTexts.line(soFar(job), LONGEST_VALUES)),
                    Line.of(ValueTexts.line(detail(job, changes.get(job.name())), LONGEST_DETAIL)));
        }
        return table.lines();
    }

    private static String style(JobState state) {
        return switch (state) {
            case NEW -> "";
            case STARTING, QUEUED, RUNNING -> "cyan";
            case DONE -> "green";
            case FAILED, CORRUPT -> "red";
        };
    }

    private static String detail(JobView job, @Nullable CodeChange change) {
        if (change != null && !change.isNone()) {
            return "other code: " + CodeTexts.of(change);
        }
        if (!job.problem().isEmpty()) {
            return job.problem();
        }
        return switch (job.status()) {
            case JobStatus.Corrupt corrupt -> corrupt.message();
            case JobStatus.Failed failed -> failure(failed);
            case JobStatus.Running running ->
                Stream.of(String.valueOf(running.batchJob() == null ? "" : running.batchJob()), running.message())
                        .filter(text -> !text.isEmpty())
                        .collect(Collectors.joining(", "));
            case JobStatus.Queued queued -> queued.batchJob().toString();
            case JobStatus.New _, JobStatus.Starting _, JobStatus.Done _ -> "";
        };
    }

    /** Returns the last values of a job that is not done: its progress, then its metrics. */
    private static String soFar(JobView job) {
        if (!job.lastValuesProblem().isEmpty()) {
            return "cannot be read";
        }
        String progress = job.progress().stream().map(JobTexts::of).collect(Collectors.joining(" > "));
        Stream<String> metrics = job.metricsSoFar().entrySet().stream()
                .map(metric -> metric.getKey() + "=" + DecimalText.ofMetric(metric.getValue()));
        return Stream.concat(Stream.of(progress), metrics)
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(" "));
    }

    /** Returns the reason why a job failed, as a sentence without its subject, the job. */
    static String failure(JobStatus.Failed failed) {
        String phrase = failed.cause().phrase();
        return failed.message().isBlank() ? phrase : phrase + ": " + failed.message();
    }

    private static String of(Progress progress) {
        return (ValueTexts.percent(progress.fraction()) + " " + progress.description()).strip();
    }

    /** Returns all that is known of a job with a set of tags, as one line of JSON. */
    static String json(JobRow row, JobsView view, @Nullable CodeChange change) {
        return Json.writeLine(members(row, view, change));
    }

    /** Returns the members of the line of JSON. */
    static Map<String, @Nullable Object> members(JobRow row, JobsView view, @Nullable CodeChange change) {
        JobView job = row.job();
        JobStatus status = job.status();
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("job", job.folder().name());
        json.put("type", job.folder().typeId());
        json.put("id", job.folder().id().toString());
        json.put("shortId", view.shortId(job));
        json.put("state", StateConverter.name(job.state()));
        json.put("attempt", status.lastAttempt().orElse(0));
        json.put("started", job.started().map(Instant::toString).orElse(null));
        json.put("ended", job.ended().map(Instant::toString).orElse(null));
        json.put("cause", status.findCause().map(FailureCause::name).orElse(null));
        json.put("message", job.problem().isEmpty() ? status.message() : job.problem());
        ProcessIdentity owner = job.process().orElse(null);
        json.put("host", owner == null ? null : owner.host());
        json.put("pid", owner == null ? null : owner.pid());
        json.put(
                "batchJob",
                status.findBatchJob().map(BatchJobReference::toString).orElse(null));
        json.put("experiments", row.experiments());
        json.put("tags", row.tags());
        json.put("progress", job.progress().stream().map(JobTexts::json).toList());
        json.put("metrics", json(job.metrics()));
        json.put("metricsSoFar", json(job.metricsSoFar()));
        json.put("folder", job.folder().path().toString());
        json.put("filesBefore", status.lastAttempt().orElse(0) < 2 ? null : filesBefore(job));
        if (change != null) {
            json.put("codeChanges", CodeTexts.json(change));
        }
        return json;
    }

    private static @Nullable String filesBefore(JobView job) {
        return job.folder().findFormerFiles().map(Path::toString).orElse(null);
    }

    private static Map<String, Object> json(Map<String, Double> metrics) {
        Map<String, Object> json = new LinkedHashMap<>();
        metrics.forEach((name, value) -> json.put(name, metric(value)));
        return json;
    }

    /** Returns a metric as the report's table shows it: whole numbers have no decimal point. */
    private static Object metric(double value) {
        boolean isNegativeZero = value == 0 && 1 / value < 0;
        return DecimalText.isWhole(value) && !isNegativeZero ? (Object) (long) value : Metrics.toJson(value);
    }

    private static Map<String, Object> json(Progress progress) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("level", progress.level());
        json.put("progress", progress.fraction());
        json.put("description", progress.description());
        return json;
    }
}
