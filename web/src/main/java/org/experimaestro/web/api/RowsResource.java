package org.experimaestro.web.api;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.experimaestro.WorkspaceException;
import org.experimaestro.monitor.detail.JobCaptions;
import org.experimaestro.monitor.group.JobGroup;
import org.experimaestro.monitor.group.RowColumns;
import org.experimaestro.monitor.log.Progress;
import org.experimaestro.monitor.view.JobRow;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.web.http.HttpProblem;
import org.experimaestro.web.http.Query;
import org.experimaestro.workspace.JobState;
import org.experimaestro.workspace.Note;

/** A window of the rows of one group, of all selected rows, or of those around a job. Only its own rows are read from files. */
final class RowsResource implements Resource {
    private static final int MOST = 200;

    /**
     * The answer.
     *
     * @param size the number of rows of the group
     * @param from the index of the first row
     * @param rows the rows
     */
    record Answer(int size, int from, List<Row> rows) {}

    /**
     * A row.
     *
     * @param job the name of the job
     * @param shortId the first digits of its identifier
     * @param state its state
     * @param tags the tags of the row
     * @param type its type
     * @param started the time of the start of its last attempt
     * @param ended the time of the end of its last attempt
     * @param seconds the duration of its last attempt, once that has ended
     * @param host the host of its last attempt
     * @param progress the completed part, from 0 to 1
     * @param what why it has failed, what it does, or why it waits
     * @param values the values of the columns that it has
     * @param attempt the number of its last attempt; 0 if there was none
     * @param pinned whether it is pinned
     * @param note the latest note on it
     * @param runs the runs of the row, as {@code EXPERIMENT/RUN}
     */
    record Row(
            String job,
            String shortId,
            JobState state,
            Map<String, Object> tags,
            String type,
            Optional<Instant> started,
            Optional<Instant> ended,
            Optional<Duration> seconds,
            Optional<String> host,
            OptionalDouble progress,
            String what,
            Map<String, Object> values,
            int attempt,
            boolean pinned,
            Optional<String> note,
            List<String> runs) {}

    @Override
    public Answer answer(Monitored monitored, Map<String, String> path, Query query) {
        Selection selection = Selection.of(monitored, query);
        SelectedRows selected =
                SelectedRows.of(monitored, selection, selection.filter(), query.list("sort"), query.list("by"));
        int count = (int) query.number("count", MOST, 1, MOST);
        Optional<String> around = query.find("around");
        List<JobRow> rows = around.isPresent()
                ? selected.jobs(query.list("by"))
                : query.find("group")
                        .map(key -> group(selected, query.findList("by"), key).rows())
                        .orElse(selected.rows());
        int from = around.map(job -> before(rows, job, count / 2))
                .orElseGet(() -> (int) query.number("from", 0, 0, Integer.MAX_VALUE));
        int start = Math.min(from, rows.size());
        int end = Math.min(start + count, rows.size());
        JobCaptions captions = monitored.captions(selection.view());
        RowColumns columns = selected.columns();
        return new Answer(
                rows.size(),
                start,
                rows.subList(start, end).stream()
                        .map(row -> row(selection, row, columns, captions))
                        .toList());
    }

    /** Returns the index so many rows before that of a job; the number of rows if it has none. */
    private static int before(List<JobRow> rows, String job, int distance) {
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).job().name().equals(job)) {
                return Math.max(0, i - distance);
            }
        }
        return rows.size();
    }

    private static JobGroup group(SelectedRows selected, Optional<List<String>> by, String key) {
        return selected.groups(by)
                .find(key)
                .orElseThrow(() -> HttpProblem.notFound("There is no group \"" + key + "\" among the selected jobs"));
    }

    private static Row row(Selection selection, JobRow row, RowColumns columns, JobCaptions captions) {
        JobView job = row.job();
        JobLink link = JobLink.of(selection.view(), job, row.tags());
        List<Progress> progress = job.progress();
        List<Note> notes = job.notes();
        return new Row(
                link.job(),
                link.shortId(),
                link.state(),
                link.tags(),
                job.folder().typeId(),
                job.started(),
                job.ended(),
                job.status().duration(),
                host(job),
                progress.isEmpty()
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(progress.getFirst().fraction()),
                captions.of(job),
                values(row, columns),
                job.status().lastAttempt().orElse(0),
                job.pin().isPresent(),
                notes.isEmpty() ? Optional.empty() : Optional.of(notes.getLast().text()),
                row.runs());
    }

    /** Returns the host of the last attempt. A file that cannot be read hides only this value. */
    static Optional<String> host(JobView job) {
        try {
            return job.host();
        } catch (WorkspaceException unreadable) {
            return Optional.empty();
        }
    }

    private static Map<String, Object> values(JobRow row, RowColumns columns) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (RowColumns.Column column : columns.shown()) {
            Object value = column.value().apply(row);
            if (value != null) {
                values.put(column.name(), value);
            }
        }
        return values;
    }
}
