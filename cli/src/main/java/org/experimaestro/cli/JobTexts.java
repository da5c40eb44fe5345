package org.experimaestro.cli;

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
import org.experimaestro.core.json.Json;
import org.experimaestro.monitor.log.Progress;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.JobState;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.Metrics;
import org.experimaestro.workspace.ProcessIdentity;
import org.jspecify.annotations.Nullable;

/** A printer of jobs: as the lines of a table, or as lines of JSON. */
final class JobTexts {
    private static final int LONGEST_DETAIL = 120;

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

    List<Line> table(List<JobView> jobs, JobsView view) {
        DateTimeFormatter time =
                DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(zone);
        TextTable table = new TextTable("STATE", "ID", "TYPE", "STARTED", "TIME", "EXPERIMENT", "TAGS", "DETAIL");
        for (JobView job : jobs) {
            table.add(
                    Line.of(StateConverter.name(job.state()), style(job.state())),
                    Line.of(view.shortId(job)),
                    Line.of(job.folder().typeId()),
                    Line.of(job.started().map(time::format).orElse("")),
                    Line.of(job.duration(now).map(ValueTexts::of).orElse("")),
                    Line.of(String.join(", ", job.experiments())),
                    Line.of(ValueTexts.cut(ValueTexts.of(job.tags()), LONGEST_DETAIL)),
                    Line.of(ValueTexts.line(detail(job), LONGEST_DETAIL)));
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

    private static String detail(JobView job) {
        if (!job.problem().isEmpty()) {
            return job.problem();
        }
        return switch (job.status()) {
            case JobStatus.Corrupt corrupt -> corrupt.message();
            case JobStatus.Failed failed -> failure(failed);
            case JobStatus.Running _ -> running(job);
            case JobStatus.Queued queued -> queued.batchJob().toString();
            case JobStatus.New _, JobStatus.Starting _, JobStatus.Done _ -> "";
        };
    }

    private static String running(JobView job) {
        String progress = job.progress().stream().map(JobTexts::of).collect(Collectors.joining(" > "));
        return Stream.of(progress, job.status().message())
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("; "));
    }

    /** Returns the reason why a job failed, as a sentence without its subject, the job. */
    static String failure(JobStatus.Failed failed) {
        String phrase = failed.cause().phrase();
        return failed.message().isBlank() ? phrase : phrase + ": " + failed.message();
    }

    private static String of(Progress progress) {
        return (ValueTexts.percent(progress.fraction()) + " " + progress.description()).strip();
    }

    /** Returns all that is known of a job, as one line of JSON. */
    static String json(JobView job, JobsView view) {
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
        json.put("experiments", job.experiments());
        json.put("tags", job.tags());
        json.put("progress", job.progress().stream().map(JobTexts::json).toList());
        Map<String, Object> metrics = new LinkedHashMap<>();
        job.metrics().forEach((name, value) -> metrics.put(name, metric(value)));
        json.put("metrics", metrics);
        json.put("folder", job.folder().path().toString());
        json.put("filesBefore", status.lastAttempt().orElse(0) < 2 ? null : filesBefore(job));
        return Json.writeLine(json);
    }

    private static @Nullable String filesBefore(JobView job) {
        return job.folder().findFormerFiles().map(Path::toString).orElse(null);
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
