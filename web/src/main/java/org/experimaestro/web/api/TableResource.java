package org.experimaestro.web.api;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.experimaestro.ExperimaestroException;
import org.experimaestro.JobReport;
import org.experimaestro.PaperTable;
import org.experimaestro.PlanException;
import org.experimaestro.TableFormat;
import org.experimaestro.TableLayout;
import org.experimaestro.WorkspaceException;
import org.experimaestro.base.text.TagValue;
import org.experimaestro.core.json.Json;
import org.experimaestro.core.json.JsonObject;
import org.experimaestro.monitor.JobResults;
import org.experimaestro.monitor.report.DefaultLayout;
import org.experimaestro.monitor.report.MetricNames;
import org.experimaestro.monitor.report.TagNames;
import org.experimaestro.monitor.view.JobRow;
import org.experimaestro.web.http.Query;
import org.experimaestro.workspace.JobStatus;
import org.jspecify.annotations.Nullable;

/** The table for a paper of the selected jobs of one run. */
final class TableResource implements Resource {
    /** The largest table: a page shows no more, and a person reads no more. */
    private static final int MOST_CELLS = 5_000;

    @Override
    public TableAnswer answer(Monitored monitored, Map<String, String> path, Query query) {
        Selection selection = Selection.of(monitored, query);
        TableQuestion question = TableQuestion.of(query);
        ShownCommand command = new ShownCommand(monitored, "table").add(selection);
        List<JobRow> rows = SelectedRows.of(monitored, selection, selection.filter(), List.of())
                .rows();
        List<JobResults> jobs;
        try {
            jobs = RunJobs.of(monitored, selection, rows);
        } catch (WorkspaceException notOneExperiment) {
            DefaultLayout nothing = DefaultLayout.of(List.of(), DefaultLayout.Named.NONE);
            return without(notOneExperiment, nothing, List.of(), question, command.toString());
        }
        DefaultLayout parts = DefaultLayout.of(jobs, question.named());
        question.addTo(command, parts);
        try {
            require(!parts.rows().isEmpty(), "Cannot make a table: the jobs have no tags", "tag them in the plan");
            require(!parts.metrics().isEmpty(), "Cannot make a table: no job that is done has a metric", null);
            long cells = cells(jobs, parts);
            require(
                    cells <= MOST_CELLS,
                    "Cannot show a table of " + cells + " cells: a page has at most " + MOST_CELLS,
                    "filter the jobs, or make replicates of a tag; the command prints all");
            PaperTable table = question.layout(jobs, parts).compute();
            return of(table, selection, jobs, question, command.toString());
        } catch (PlanException wrong) {
            return without(wrong, parts, jobs, question, command.toString());
        }
    }

    /** Returns how many cells a table would have, which costs much less than the table. */
    private static long cells(Collection<JobResults> jobs, DefaultLayout parts) {
        Set<String> types = new HashSet<>();
        for (JobResults job : jobs) {
            if (parts.metrics().stream().anyMatch(job.metrics()::containsKey)) {
                types.add(job.type());
            }
        }
        Set<List<Object>> rows = new HashSet<>();
        Set<List<Object>> columns = new HashSet<>();
        for (JobResults job : jobs) {
            if (types.isEmpty() || types.contains(job.type())) {
                rows.add(values(job, parts.rows()));
                columns.add(values(job, parts.columns()));
            }
        }
        return (long) rows.size() * columns.size() * parts.metrics().size();
    }

    private static List<Object> values(JobResults job, List<String> tags) {
        Map<String, Object> all = job.tags();
        return tags.stream()
                .map(tag -> Objects.requireNonNullElse(all.get(tag), ""))
                .toList();
    }

    private static void require(boolean condition, String problem, @Nullable String advice) {
        if (!condition) {
            throw PlanException.of(problem).advice(advice).build();
        }
    }

    /** Returns the answer without a table. A place in the code, which a plan's author gets, says nothing to its reader. */
    private static TableAnswer without(
            ExperimaestroException problem,
            DefaultLayout parts,
            Collection<JobResults> jobs,
            TableQuestion question,
            String command) {
        String message = String.valueOf(problem.getMessage());
        String words = problem.location()
                .filter(place -> message.startsWith(place + ": "))
                .map(place -> message.substring(place.length() + 2))
                .orElse(message);
        return new TableAnswer(
                parts.rows(),
                parts.columns(),
                parts.metrics(),
                question.lowest(parts.metrics()),
                parts.over(),
                choices(jobs),
                List.of(),
                List.of(),
                List.of(),
                Optional.of(words),
                command);
    }

    private static TableAnswer.Choices choices(Collection<JobResults> jobs) {
        return new TableAnswer.Choices(
                List.copyOf(TagNames.differing(jobs).keySet()),
                List.copyOf(MetricNames.of(jobs).keySet()));
    }

    private static TableAnswer of(
            PaperTable table,
            Selection selection,
            Collection<JobResults> jobs,
            TableQuestion question,
            String command) {
        TableLayout layout = table.layout();
        List<String> metrics =
                layout.metrics().stream().map(TableLayout.Metric::name).toList();
        boolean isOverChosen = question.named().over().isEmpty();
        JsonObject written = JsonObject.of(Json.parse(table.to(TableFormat.JSON)), "table");
        List<TableAnswer.Column> columns = new ArrayList<>();
        for (Map<String, Object> column : table.columns()) {
            layout.metrics()
                    .forEach(metric ->
                            columns.add(new TableAnswer.Column(label(layout.columnTags(), column), metric.name())));
        }
        List<TableAnswer.Line> lines = new ArrayList<>();
        List<?> texts = written.list("cells");
        for (int row = 0; row < table.rows().size(); row++) {
            List<TableAnswer.Cell> cells = new ArrayList<>();
            for (int i = row * columns.size(); i < (row + 1) * columns.size(); i++) {
                String text = JsonObject.of(texts.get(i), "cell").string("text");
                cells.add(cell(table.cells().get(i), text, layout, selection));
            }
            lines.add(new TableAnswer.Line(label(layout.rowTags(), table.rows().get(row)), cells));
        }
        List<String> legend = new ArrayList<>();
        written.list("legend").forEach(line -> legend.add(String.valueOf(line)));
        if (isOverChosen && !layout.replicateTags().isEmpty()) {
            legend.add("Means are over " + String.join(", ", layout.replicateTags())
                    + ", whose name is that of replicates");
        }
        return new TableAnswer(
                layout.rowTags(),
                layout.columnTags(),
                metrics,
                question.lowest(metrics),
                layout.replicateTags(),
                choices(jobs),
                columns,
                lines,
                legend,
                Optional.empty(),
                command);
    }

    private static List<String> label(List<String> tags, Map<String, Object> values) {
        return tags.stream()
                .map(tag -> {
                    Object value = values.get(tag);
                    return value == null ? "" : TagValue.show(value);
                })
                .toList();
    }

    private static TableAnswer.Cell cell(PaperTable.Cell cell, String text, TableLayout layout, Selection selection) {
        Set<String> types = new HashSet<>();
        List<CountedState> states = new ArrayList<>();
        for (JobReport job : cell.jobs()) {
            types.add(job.type());
            states.add(state(job));
        }
        List<String> names = new ArrayList<>(layout.rowTags());
        names.addAll(layout.columnTags());
        Map<String, Object> tags = new HashMap<>(cell.row());
        tags.putAll(cell.column());
        return new TableAnswer.Cell(
                text,
                finite(cell.value()),
                finite(cell.halfWidth()),
                cell.n(),
                cell.expected() - cell.n(),
                CountedState.count(states),
                cell.mark() == PaperTable.Mark.BEST,
                cell.mark() == PaperTable.Mark.NOT_WORSE,
                CellFilters.of(selection.filter(), names, tags, types).toString());
    }

    /** Returns a number that JSON can write; the text of the cell has the others. */
    private static OptionalDouble finite(OptionalDouble value) {
        return value.isPresent() && Double.isFinite(value.getAsDouble()) ? value : OptionalDouble.empty();
    }

    private static final String REMOVED = "done, " + JobStatus.Removed.WORDS;

    private static CountedState state(JobReport job) {
        return switch (job.state()) {
            case "cancelled" -> CountedState.FAILED;
            case "unreadable" -> CountedState.CORRUPT;
            case "not run", "deleted" -> CountedState.NEW;
            case REMOVED -> CountedState.DONE;
            default -> CountedState.valueOf(job.state().toUpperCase(Locale.ROOT));
        };
    }
}
