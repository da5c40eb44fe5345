package org.experimaestro.cli.job;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;
import org.experimaestro.base.text.EnergyText;
import org.experimaestro.cli.listing.CellValue;
import org.experimaestro.cli.listing.ListingColumn;
import org.experimaestro.cli.listing.ListingColumns;
import org.experimaestro.cli.listing.RunColumns;
import org.experimaestro.cli.option.StateConverter;
import org.experimaestro.cli.output.CodeTexts;
import org.experimaestro.cli.output.Line;
import org.experimaestro.cli.output.ValueTexts;
import org.experimaestro.monitor.filter.JobField;
import org.experimaestro.monitor.filter.RowValues;
import org.experimaestro.monitor.log.Progress;
import org.experimaestro.monitor.view.JobRow;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.workspace.BatchJobReference;
import org.experimaestro.workspace.EnergyUse;
import org.experimaestro.workspace.JobState;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.Workspace;
import org.experimaestro.workspace.code.CodeChange;
import org.jspecify.annotations.Nullable;

/** The columns of lists of jobs: the fields of jobs, and each tag, metric and parameter by its name. */
final class JobColumns implements ListingColumns<JobRow> {
    private final RowValues values;
    private final WaitTexts waits;
    private final List<ListingColumn<JobRow>> all;
    private final List<ListingColumn<JobRow>> usual;

    /**
     * Creates the columns.
     *
     * @param workspace the workspace of the view
     * @param view all jobs
     * @param now the end of the durations of running jobs
     * @param changes the code that has changed since jobs were done, by the job's name; {@code null} if it was not
     *     compared
     */
    JobColumns(Workspace workspace, JobsView view, Instant now, @Nullable Map<String, CodeChange> changes) {
        this.values = new RowValues(view, now);
        this.waits = new WaitTexts(workspace, view);
        ListingColumn<JobRow> state = job("state", job -> StateConverter.name(job.state()))
                .shownAs(
                        "STATE",
                        row -> Line.of(row.job().words(), style(row.job().state())));
        ListingColumn<JobRow> id =
                job("id", job -> job.folder().id().toString()).shownAs("ID", row -> Line.of(view.shortId(row.job())));
        ListingColumn<JobRow> type = job("type", job -> job.folder().typeId());
        ListingColumn<JobRow> started = job("started", job -> job.started().orElse(null));
        ListingColumn<JobRow> time = of(JobField.TIME);
        ListingColumn<JobRow> experiments = ListingColumn.of("experiments", JobRow::experiments);
        ListingColumn<JobRow> tags = ListingColumn.of("tags", JobRow::tags);
        Function<JobRow, String> detail = row -> ValueTexts.firstLine(detail(row.job(), view, changes));
        this.usual = List.of(
                state,
                id,
                type,
                started,
                time,
                experiments.shownAs("EXPERIMENT", row -> Line.of(CellValue.text(row.experiments()))),
                tags.shownAs("TAGS", row -> Line.of(ValueTexts.of(row.tags()))),
                text("soFar", "SO FAR", row -> ValueTexts.firstLine(JobTexts.soFar(row.job()))),
                text("detail", "DETAIL", detail));
        List<ListingColumn<JobRow>> fields = new ArrayList<>(List.of(
                job("job", JobView::name),
                type,
                id,
                job("shortId", view::shortId),
                state,
                job("attempt", job -> job.status().lastAttempt().orElse(0)),
                started,
                job("ended", job -> job.ended().orElse(null)),
                time,
                of(JobField.CPU),
                of(JobField.GC),
                of(JobField.MEMORY).shownAs("MEMORY", row -> Line.of(memory(row))),
                job("energy", job -> energy(job).map(EnergyUse::joules).orElse(null))
                        .shownAs(
                                "ENERGY",
                                row -> Line.of(energy(row.job())
                                        .map(use -> EnergyText.energy(use.joules()))
                                        .orElse(""))),
                job("carbon", job -> carbon(job).orElse(null))
                        .shownAs(
                                "CO2",
                                row -> Line.of(carbon(row.job())
                                        .map(EnergyText::carbon)
                                        .orElse(""))),
                of(JobField.AGE),
                of(JobField.CAUSE),
                job("message", job -> job.problem().isEmpty() ? job.status().message() : job.problem()),
                of(JobField.HOST),
                job("pid", job -> job.process().map(ProcessIdentity::pid).orElse(null)),
                of(JobField.LAUNCHER),
                job(
                        "batchJob",
                        job -> job.status()
                                .findBatchJob()
                                .map(BatchJobReference::toString)
                                .orElse(null)),
                experiments,
                ListingColumn.of("runs", JobRow::runs),
                tags,
                job(
                                "progress",
                                job -> job.progress().stream()
                                        .map(JobColumns::json)
                                        .toList())
                        .shownAs("PROGRESS", row -> Line.of(JobTexts.progress(row.job()))),
                job("metrics", job -> CellValue.metrics(job.metrics()))
                        .shownAs(
                                "METRICS",
                                row -> Line.of(JobTexts.metrics(row.job().metrics()))),
                job("metricsSoFar", job -> CellValue.metrics(job.metricsSoFar()))
                        .shownAs(
                                "METRICSSOFAR",
                                row -> Line.of(JobTexts.metrics(row.job().metricsSoFar()))),
                job("pinned", job -> job.pin().isPresent())
                        .shownAs("PINNED", row -> Line.of(row.job().pin().isPresent() ? "yes" : "no")),
                job(
                                "removed",
                                job -> job.removed()
                                        .map(removed -> removed.time().toString())
                                        .orElse(null))
                        .shownAs("REMOVED", row -> Line.of(row.job().removed().isPresent() ? "yes" : "no")),
                job("note", job -> RunColumns.lastNote(job.notes())),
                ListingColumn.of("reason", (JobRow row) -> waits.json(row.job()))
                        .shownAs("REASON", row -> Line.of(waits.text(row.job()))),
                job("deletedDependencies", view::deletedDependencies),
                job("folder", job -> job.folder().path().toString()),
                job("filesBefore", job -> job.status().lastAttempt().orElse(0) < 2 ? null : filesBefore(job))));
        if (changes != null) {
            fields.add(job("codeChanges", job -> CodeTexts.json(changes.getOrDefault(job.name(), CodeChange.NONE))));
        }
        this.all = List.copyOf(fields);
    }

    private String detail(JobView job, JobsView view, @Nullable Map<String, CodeChange> changes) {
        if (job.isTriedAgain()) {
            return waits.text(job);
        }
        String detail = JobTexts.detail(job, view, changes == null ? null : changes.get(job.name()));
        return detail.isEmpty() && job.status() instanceof JobStatus.New ? waits.text(job) : detail;
    }

    private static ListingColumn<JobRow> job(String name, Function<JobView, @Nullable Object> value) {
        return ListingColumn.of(name, row -> value.apply(row.job()));
    }

    private ListingColumn<JobRow> of(JobField field) {
        return ListingColumn.of(field.text(), values.of(field));
    }

    private static Optional<EnergyUse> energy(JobView job) {
        return job.use().flatMap(use -> Optional.ofNullable(use.energy()));
    }

    private static Optional<Double> carbon(JobView job) {
        return energy(job)
                .map(EnergyUse::carbonGrams)
                .filter(OptionalDouble::isPresent)
                .map(OptionalDouble::getAsDouble);
    }

    private static String memory(JobRow row) {
        OptionalLong bytes = row.job().memoryBytes();
        return bytes.isPresent() ? ValueTexts.size(bytes.getAsLong()) : "";
    }

    private static ListingColumn<JobRow> text(String name, String heading, Function<JobRow, String> text) {
        return new ListingColumn<>(name, heading, text::apply, row -> Line.of(text.apply(row)));
    }

    private static String style(JobState state) {
        return switch (state) {
            case NEW -> "";
            case STARTING, QUEUED, RUNNING -> "cyan";
            case DONE -> "green";
            case FAILED, CORRUPT -> "red";
        };
    }

    private static @Nullable String filesBefore(JobView job) {
        return job.folder().findFormerFiles().map(Path::toString).orElse(null);
    }

    private static Map<String, Object> json(Progress progress) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("level", progress.level());
        json.put("progress", progress.fraction());
        json.put("description", progress.description());
        return json;
    }

    @Override
    public List<ListingColumn<JobRow>> all() {
        return all;
    }

    @Override
    public List<ListingColumn<JobRow>> usual() {
        return usual;
    }

    @Override
    public Optional<ListingColumn<JobRow>> find(String name) {
        boolean isMetric = values.isMetric(name);
        return values.find(name).map(value -> {
            ListingColumn<JobRow> column = ListingColumn.of(name, value);
            return isMetric
                    ? column.shownAs(column.heading(), row -> Line.of(JobTexts.metric(value.apply(row))))
                    : column;
        });
    }

    @Override
    public List<String> otherNames() {
        return values.names();
    }
}
