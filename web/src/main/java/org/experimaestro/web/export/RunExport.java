package org.experimaestro.web.export;

import java.io.IOException;
import java.io.OutputStream;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.experimaestro.WorkspaceException;
import org.experimaestro.monitor.JobResults;
import org.experimaestro.monitor.WorkspaceReader;
import org.experimaestro.monitor.detail.JobCaptions;
import org.experimaestro.monitor.detail.RunSummary;
import org.experimaestro.monitor.filter.Filter;
import org.experimaestro.monitor.filter.RowValues;
import org.experimaestro.monitor.reason.ReasonGroup;
import org.experimaestro.monitor.reason.Reasons;
import org.experimaestro.monitor.report.DefaultLayout;
import org.experimaestro.monitor.report.MetricNames;
import org.experimaestro.monitor.report.ReportJobs;
import org.experimaestro.monitor.report.TagNames;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.monitor.view.RunView;
import org.experimaestro.monitor.view.SkippedJobs;
import org.experimaestro.monitor.view.SubmittedJobs;
import org.experimaestro.web.api.Monitored;
import org.experimaestro.web.api.ReasonLine;
import org.experimaestro.web.api.RunLine;
import org.experimaestro.web.api.Selection;
import org.experimaestro.workspace.Note;
import org.experimaestro.workspace.Notes;

/** A copy of a run as one HTML file. All of its jobs were read at one time. Confined to one thread. */
public final class RunExport {
    private final ExportHead head;
    private final ExportData data;

    private RunExport(ExportHead head, ExportData data) {
        this.head = head;
        this.data = data;
    }

    /**
     * Reads a run.
     *
     * @param monitored the workspace
     * @param experiment the name of the run's experiment
     * @param run the run's name, or {@code latest}
     * @param jobs the filter that chooses the jobs; {@link Filter#ALL} for all of them
     * @return the copy, to be written
     * @throws org.experimaestro.web.http.HttpProblem if there is no such run
     * @throws WorkspaceException if the filter names what no job has
     */
    public static RunExport of(Monitored monitored, String experiment, String run, Filter jobs) {
        JobsView all = monitored.view();
        RunView of = Selection.run(all, experiment, run);
        // A former run has jobs that it never started, which the view of all jobs leaves out.
        JobsView view = SubmittedJobs.addTo(monitored.workspace(), all, List.of(of));
        Selection selection = new Selection(view, monitored.now(), Optional.of(of), jobs);
        ExportRows rows = ExportRows.of(selection, of);
        List<ReasonGroup> groups = RunSummary.of(
                        new Reasons(monitored.workspace(), view),
                        view,
                        of,
                        List.copyOf(rows.jobs().values()),
                        selection.now())
                .reasons();
        LogTails logs = LogTails.of(groups);
        FieldColumns fields = new FieldColumns(rows, new RowValues(view, selection.now()), selection.now());
        Set<String> skipped = SkippedJobs.of(view, of);
        JobCaptions captions = new JobCaptions(view, new Reasons(monitored.workspace(), view), ZoneOffset.UTC);
        ExportData data = new ExportData(
                rows,
                fields.columns(skipped, captions),
                NamedColumns.of(rows.rows()),
                JobParts.needs(rows, of),
                JobParts.attempts(rows),
                logs);
        return new RunExport(new Described(monitored, selection, of, rows).head(groups, leftOut(logs, fields)), data);
    }

    private static List<String> leftOut(LogTails logs, FieldColumns fields) {
        List<String> sentences = new ArrayList<>();
        sentences.add("The logs of jobs that have not failed, and of the others all but the end: "
                + LogTails.MOST_OF_JOB / 1024 + " KiB of each, " + LogTails.MOST / (1024 * 1024) + " MiB together.");
        if (logs.leftOut() > 0) {
            sentences.add("The logs of " + logs.leftOut() + " failed jobs, for which these limits had no room.");
        }
        if (fields.cutErrors() > 0) {
            sentences.add("The ends of " + fields.cutErrors() + " errors that have more than " + FieldColumns.MOST_ERROR
                    + " characters.");
        }
        sentences.add("The files of jobs, their metrics over time, and their values by unit.");
        sentences.add(
                "Significance: the table marks the best cells, and tests no differences. experimaestro table does.");
        return sentences;
    }

    /** The run that is described. */
    private record Described(Monitored monitored, Selection selection, RunView run, ExportRows rows) {
        ExportHead head(List<ReasonGroup> groups, List<String> leftOut) {
            List<JobResults> jobs = reported();
            DefaultLayout layout = DefaultLayout.of(jobs, DefaultLayout.Named.NONE);
            List<Note> notes = run.notes();
            return new ExportHead(
                    ExportHead.FORMAT,
                    selection.now(),
                    monitored.program(),
                    monitored.workspace().root().toString(),
                    Monitored.host(),
                    RunLine.of(selection.view(), run),
                    plan(),
                    selection.filter().toString(),
                    ExportRows.total(selection),
                    rows.rows().size(),
                    notes.stream().filter(note -> !note.isTag()).map(Note::text).toList(),
                    new TreeMap<>(Notes.tags(notes)),
                    reasons(groups, true),
                    reasons(groups, false),
                    layout.rows(),
                    layout.columns(),
                    layout.metrics(),
                    layout.over(),
                    List.copyOf(TagNames.differing(jobs).keySet()),
                    MetricNames.of(jobs).keySet().stream()
                            .filter(MetricNames::seemsBetterBelow)
                            .toList(),
                    leftOut);
        }

        private List<JobResults> reported() {
            if (rows.rows().isEmpty()) {
                return List.of();
            }
            return ReportJobs.of(WorkspaceReader.of(monitored.workspace(), selection.view()), rows.rows())
                    .jobs();
        }

        private Optional<String> plan() {
            return run.description().get("plan") instanceof String plan ? Optional.of(plan) : Optional.empty();
        }

        private List<ReasonLine> reasons(List<ReasonGroup> groups, boolean areFailures) {
            List<ReasonGroup> wanted = groups.stream()
                    .filter(group -> group.reason().kind().isFailure() == areFailures)
                    .toList();
            return ReasonLine.of(wanted, selection.view());
        }
    }

    /**
     * Returns a name for the file.
     *
     * @return the experiment and the run, with letters, digits, dots and minus signs only
     */
    public String fileName() {
        return (head.run().experiment() + "-" + head.run().run()).replaceAll("[^\\p{L}\\p{N}._-]", "_") + ".html";
    }

    /**
     * Returns the number of jobs with their tags.
     *
     * @return the number of rows; a job that was submitted with two sets of tags has two
     */
    public int size() {
        return head.size();
    }

    /**
     * Writes the file.
     *
     * @param out receives UTF-8; it is flushed, and left open
     * @throws IOException if it cannot be written
     */
    public void writeTo(OutputStream out) throws IOException {
        ExportPage.load().write(out, head, data);
    }

    /**
     * Writes the data alone, as the page reads them.
     *
     * @param out receives JSON in UTF-8
     * @throws IOException if it cannot be written
     */
    void writeData(OutputStream out) throws IOException {
        data.write(out, head);
    }
}
