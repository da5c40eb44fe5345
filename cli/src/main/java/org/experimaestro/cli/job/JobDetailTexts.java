package org.experimaestro.cli.job;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.experimaestro.base.text.DecimalText;
import org.experimaestro.cli.listing.ListingOutput;
import org.experimaestro.cli.output.Printer;
import org.experimaestro.cli.output.ReasonTexts;
import org.experimaestro.cli.output.RunSummaryTexts;
import org.experimaestro.cli.output.UseTexts;
import org.experimaestro.cli.output.ValueTexts;
import org.experimaestro.core.json.Json;
import org.experimaestro.monitor.detail.JobDetails;
import org.experimaestro.monitor.explain.Difference;
import org.experimaestro.monitor.forecast.Forecast;
import org.experimaestro.monitor.reason.ReasonPhrases;
import org.experimaestro.monitor.reason.Reasons;
import org.experimaestro.monitor.view.JobRow;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.workspace.AccountedUse;
import org.experimaestro.workspace.Announcement;
import org.experimaestro.workspace.ElsewhereLink;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.Note;
import org.experimaestro.workspace.Pin;
import org.experimaestro.workspace.Workspace;
import org.jspecify.annotations.Nullable;

/** A printer of all of one job. */
final class JobDetailTexts {
    private static final int MOST_JOBS = 10;
    private static final int LONGEST_VALUE = 100;
    private static final String TAB = "    ";

    private final JobDetails details;
    private final JobsView view;
    private final ZoneId zone;

    /**
     * Creates a printer.
     *
     * @param details the job
     * @param view the workspace, for short identifiers
     * @param zone the time zone of the printed times
     */
    JobDetailTexts(JobDetails details, JobsView view, ZoneId zone) {
        this.details = details;
        this.view = view;
        this.zone = zone;
    }

    void print(Printer out) {
        JobView job = details.job();
        out.line(job.name() + " is " + job.words());
        Reasons.ofRemoved(job).ifPresent(removed -> {
            out.line("  " + removed.subject());
            out.line("  → " + removed.advice());
        });
        details.reason().ifPresent(reason -> {
            out.line("  " + new ReasonPhrases(zone).of(reason));
            if (!reason.advice().isEmpty()) {
                out.line("  → " + reason.advice());
            }
        });
        details.forecast().ifPresent(forecast -> out.line("Time left: " + RunSummaryTexts.text(forecast)));
        job.progress()
                .forEach(progress -> out.line("Progress: "
                        + (ValueTexts.percent(progress.fraction()) + " " + progress.description()).strip()));
        printTimes(out);
        out.line("Folder: " + job.folder().path());
        job.folder().findFormer().ifPresent(former -> out.line("Result of: " + former.name() + ", its former name"));
        ElsewhereLink.find(job.folder()).ifPresent(there -> out.line("Files: elsewhere, in " + there));
        job.pin().ifPresent(pin -> out.line("Pinned" + (pin.note().isEmpty() ? "" : ": " + pin.note())));
        job.notes().forEach(note -> out.line("Note: " + note.text()));
        printAttempts(out);
        printUse(out);
        printSubmissions(out);
        Map<String, Double> metrics = job.metrics().isEmpty() ? job.metricsSoFar() : job.metrics();
        Map<String, String> metricTexts = new LinkedHashMap<>();
        metrics.forEach((name, value) -> metricTexts.put(name, DecimalText.rounded(value)));
        section("Metrics", metricTexts, out);
        Map<String, String> parameters = new LinkedHashMap<>();
        details.parameters().forEach((name, value) -> parameters.put(name, Json.writeLine(value)));
        section("Parameters", parameters, out);
        Map<String, String> announced = new LinkedHashMap<>();
        details.announced().forEach(each -> announced.put(each.name(), ValueTexts.line(each.shown(), LONGEST_VALUE)));
        section("Announced", announced, out);
        jobs("Depends on", details.dependencies(), out);
        jobs("Needed by", details.dependents(), out);
        details.nearest()
                .ifPresent(nearest ->
                        out.line("Nearest done job: " + nearest.job().name()
                                + nearest.differences().stream()
                                        .filter(Difference::counts)
                                        .findFirst()
                                        .map(first -> ", first difference " + first.path() + ": " + first.here()
                                                + " here, " + first.there() + " there")
                                        .orElse("")));
        if (!details.log().isEmpty()) {
            out.line("Last lines of its standard error:");
            details.log().forEach(line -> out.line("  " + line.replace("\t", TAB)));
        }
    }

    private void printTimes(Printer out) {
        JobView job = details.job();
        DateTimeFormatter time =
                DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(zone);
        job.started().ifPresent(started -> out.line("Started: " + time.format(started)));
        job.ended().ifPresent(ended -> out.line("Ended: " + time.format(ended)));
        job.duration(details.now()).ifPresent(took -> out.line("Time: " + ValueTexts.of(took)));
        details.cleaned()
                .ifPresent(entry -> out.line("Cleaned: "
                        + Optional.ofNullable(entry.time()).map(time::format).orElse("at an unknown time")
                        + (entry.user().isEmpty() ? "" : " by " + entry.user())
                        + "; bring it back with: experimaestro trash undo " + entry.name()));
    }

    private void printAttempts(Printer out) {
        for (JobDetails.AttemptDetails attempt : details.attempts()) {
            out.line("Attempt " + attempt.number()
                    + attempt.host().map(host -> " on " + host).orElse("")
                    + attempt.batchJob().map(batchJob -> ", " + batchJob).orElse("")
                    + (attempt.origin().isInWorker()
                            ? ", in a warm worker (" + attempt.origin().isolationReason() + ")"
                            : "")
                    + (attempt.origin().retry().isEmpty()
                            ? ""
                            : ", a retry (" + attempt.origin().retry() + ")")
                    + attempt.failure()
                            .map(failure -> ": " + ValueTexts.line(JobTexts.failure(failure), LONGEST_VALUE))
                            .orElse(""));
            attempt.accounted().ifPresent(use -> out.line("  " + use.launcher() + " counted " + UseTexts.of(use)));
        }
    }

    private void printUse(Printer out) {
        JobView job = details.job();
        if (!details.asked().isEmpty()) {
            out.line("Asked for: " + details.asked());
        }
        if (!details.sharedFolders().isEmpty()) {
            out.line("Shared folders: " + String.join(", ", details.sharedFolders()));
        }
        if (!details.tokens().isEmpty()) {
            out.line("Tokens: "
                    + details.tokens().entrySet().stream()
                            .map(token -> token.getValue() + " of " + token.getKey())
                            .collect(Collectors.joining(", ")));
        }
        job.use()
                .map(UseTexts::of)
                .filter(text -> !text.isEmpty())
                .ifPresent(text -> out.line((job.status().isActive() ? "Used so far: " : "Used: ") + text));
        details.hints().forEach(hint -> out.line("Hint: " + UseTexts.of(hint, hint.jobs() + " jobs of this type")));
        details.dumps().forEach(dump -> out.line("Dump: " + dump));
    }

    private void printSubmissions(Printer out) {
        Map<String, String> tags = new LinkedHashMap<>();
        details.job()
                .submissions()
                .forEach(submission -> tags.merge(
                        submission.qualifiedRun(),
                        ValueTexts.of(submission.tags()),
                        (one, other) -> one + "; " + other));
        tags.forEach((run, values) -> out.line("Run " + run + (values.isEmpty() ? "" : ": " + values)));
    }

    private static void section(String title, Map<String, String> values, Printer out) {
        if (!values.isEmpty()) {
            out.line(title + ":");
            values.forEach((name, value) -> out.line("  " + name + " = " + ValueTexts.cut(value, LONGEST_VALUE)));
        }
    }

    private void jobs(String title, List<JobView> jobs, Printer out) {
        if (jobs.isEmpty()) {
            return;
        }
        int more = jobs.size() - MOST_JOBS;
        out.line(title + ": "
                + jobs.stream()
                        .limit(MOST_JOBS)
                        .map(job ->
                                job.folder().typeId() + "/" + view.shortId(job) + " (" + job.words() + read(job) + ")")
                        .collect(Collectors.joining(", "))
                + (more > 0 ? " and " + more + " more" : ""));
    }

    /** Returns which attempt of a transient job the last attempt of this one has read; empty for any other job. */
    private String read(JobView dependency) {
        Integer attempt = read().get(dependency.name());
        return attempt == null ? "" : "; its attempt " + attempt + " was read";
    }

    private SortedMap<String, Integer> read() {
        int last = details.job().status().lastAttempt().orElse(0);
        return details.attempts().stream()
                .filter(attempt -> attempt.number() == last)
                .map(attempt -> attempt.origin().read())
                .findFirst()
                .orElse(Collections.emptySortedMap());
    }

    private static List<String> runs(JobView job) {
        return job.submissions().stream()
                .map(submission -> submission.qualifiedRun())
                .distinct()
                .toList();
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private static Map<String, @Nullable Object> accounted(AccountedUse use) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("by", use.launcher());
        json.put("state", orNull(use.state()));
        json.put("exitCode", use.exitCode().isPresent() ? use.exitCode().getAsInt() : null);
        json.put("seconds", use.wallSeconds().isPresent() ? use.wallSeconds().getAsDouble() : null);
        json.put("cpu", use.cpuSeconds().isPresent() ? use.cpuSeconds().getAsDouble() : null);
        json.put(
                "memory",
                use.maxMemoryBytes().isPresent() ? use.maxMemoryBytes().getAsLong() : null);
        return json;
    }

    /** Returns all of the job as one line of JSON: the members of {@code jobs list --json}, and more. */
    static String json(Workspace workspace, JobDetails details, JobsView view) {
        JobView job = details.job();
        Map<String, @Nullable Object> json = new LinkedHashMap<>(ListingOutput.members(
                new JobRow(job, job.tags(), runs(job)), new JobColumns(workspace, view, Instant.now(), null).all()));
        json.put("reason", details.reason().map(ReasonTexts::json).orElse(null));
        json.put(
                "secondsLeft",
                details.forecast()
                        .flatMap(Forecast::left)
                        .map(left -> left.toMillis() / 1000.0)
                        .orElse(null));
        List<Map<String, @Nullable Object>> attempts = new ArrayList<>();
        for (JobDetails.AttemptDetails attempt : details.attempts()) {
            Map<String, @Nullable Object> entry = new LinkedHashMap<>();
            entry.put("attempt", attempt.number());
            entry.put("host", attempt.host().orElse(null));
            entry.put("batchJob", attempt.batchJob().map(Object::toString).orElse(null));
            entry.put("failure", attempt.failure().map(JobTexts::failure).orElse(null));
            entry.put("place", orNull(attempt.origin().place()));
            entry.put("asked", orNull(attempt.origin().asked()));
            entry.put("retry", orNull(attempt.origin().retry()));
            entry.put("isolation", orNull(attempt.origin().isolation()));
            entry.put("isolationReason", orNull(attempt.origin().isolationReason()));
            if (!attempt.origin().read().isEmpty()) {
                entry.put("read", attempt.origin().read());
            }
            entry.put(
                    "accounted",
                    attempt.accounted().map(JobDetailTexts::accounted).orElse(null));
            attempts.add(entry);
        }
        json.put("attempts", attempts);
        json.put("asked", orNull(details.asked()));
        json.put("tokens", details.tokens());
        if (!details.sharedFolders().isEmpty()) {
            json.put("sharedFolders", details.sharedFolders());
        }
        json.put("dumps", details.dumps().stream().map(Path::toString).toList());
        json.put("pinned", job.pin().isPresent());
        json.put("pinNote", job.pin().map(Pin::note).orElse(null));
        json.put("notes", job.notes().stream().map(Note::text).toList());
        json.put("formerName", job.folder().findFormer().map(JobFolder::name).orElse(null));
        json.put(
                "elsewhere",
                ElsewhereLink.find(job.folder()).map(Path::toString).orElse(null));
        json.put("parameters", details.parameters());
        if (!details.announced().isEmpty()) {
            json.put(
                    "announced",
                    details.announced().stream().map(JobDetailTexts::announced).toList());
        }
        json.put(
                "dependencies",
                details.dependencies().stream().map(JobView::name).toList());
        json.put("dependents", details.dependents().stream().map(JobView::name).toList());
        json.put(
                "nearestDone",
                details.nearest().map(nearest -> nearest.job().name()).orElse(null));
        json.put("log", details.log());
        json.put("seen", Instant.ofEpochMilli(details.now().toEpochMilli()).toString());
        return Json.writeLine(json);
    }

    private static Map<String, @Nullable Object> announced(Announcement announcement) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("name", announcement.name());
        json.put("type", announcement.type());
        json.put("id", announcement.id());
        json.put("parameters", announcement.parameters());
        json.put("attempt", announcement.attempt());
        json.put("time", announcement.time().toString());
        return json;
    }
}
