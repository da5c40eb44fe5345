package org.experimaestro.cli.listing;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.experimaestro.cli.output.Line;
import org.experimaestro.monitor.filter.RowValues;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.monitor.view.RunEnd;
import org.experimaestro.monitor.view.RunRow;
import org.experimaestro.monitor.view.RunSubmission;
import org.experimaestro.monitor.view.RunView;
import org.experimaestro.workspace.JobState;
import org.experimaestro.workspace.Note;
import org.experimaestro.workspace.Notes;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.RunState;
import org.jspecify.annotations.Nullable;

/**
 * The columns that describe a run, for lists of runs, and for lists whose rows have a run. Thread-safe.
 *
 * @param <R> the type of the rows
 */
public final class RunColumns<R> {
    private final Function<R, @Nullable RunRow> run;
    private final Instant now;
    /** The notes of the runs, whose files are read once for all columns. */
    private final IdentityHashMap<RunView, List<Note>> notes = new IdentityHashMap<>();

    /** The numbers of jobs by their states, which several columns share. */
    private final IdentityHashMap<RunRow, Map<JobState, Long>> counts = new IdentityHashMap<>();

    /**
     * Creates the columns.
     *
     * @param run returns the run of a row; {@code null} if it has none
     * @param now the time from which ages are counted
     */
    public RunColumns(Function<R, @Nullable RunRow> run, Instant now) {
        this.run = run;
        this.now = now;
    }

    /** Returns the column of the run's experiment and name. */
    public ListingColumn<R> name() {
        return column("run", row -> row.run().folder().qualifiedName());
    }

    /** Returns the column of the outcome, or of the state while there is no outcome. */
    public ListingColumn<R> state() {
        return column("state", row -> state(row.run()));
    }

    /** Returns the outcome of a run, or its state while there is no outcome, in lower case. */
    public static String state(RunView run) {
        return run.word();
    }

    /** Returns the column of the start. */
    public ListingColumn<R> started() {
        return column("started", row -> row.run().started().orElse(null));
    }

    /** Returns the column of the duration: so far, while the run goes on. */
    public ListingColumn<R> time() {
        return column("time", row -> duration(row.run()));
    }

    private @Nullable Duration duration(RunView run) {
        return run.ended()
                .or(() -> run.state() == RunState.RUNNING ? Optional.of(now) : Optional.empty())
                .flatMap(end -> run.started().map(start -> Duration.between(start, end)))
                .orElse(null);
    }

    /** Returns the column of the number of selected jobs. */
    public ListingColumn<R> jobs() {
        return column(
                "jobs",
                row -> row.submissions().stream()
                        .map(RunSubmission::job)
                        .distinct()
                        .count());
    }

    /** Returns the column of the number of selected jobs that are done. */
    public ListingColumn<R> done() {
        return count("done", JobState.DONE);
    }

    /** Returns the column of the number of selected jobs that failed. */
    public ListingColumn<R> failed() {
        return count("failed", JobState.FAILED);
    }

    /** Returns the column of the number of selected jobs that are starting, queued or running. */
    public ListingColumn<R> active() {
        return count("active", JobState.STARTING, JobState.QUEUED, JobState.RUNNING);
    }

    /** Returns the column of the number of selected jobs that are new: they wait, or were not started. */
    public ListingColumn<R> unstarted() {
        return count("new", JobState.NEW);
    }

    /** Returns the column of the process, which is shown while the run may go on. */
    public ListingColumn<R> process() {
        return column(
                        "process",
                        row -> row.run()
                                .process()
                                .map(ProcessIdentity::toString)
                                .orElse(null))
                .shownAs("PROCESS", row -> Line.of(shownProcess(run.apply(row))));
    }

    private static String shownProcess(@Nullable RunRow row) {
        return row == null || row.run().state() == RunState.ENDED
                ? ""
                : row.run().process().map(ProcessIdentity::toString).orElse("");
    }

    /** Returns the column of the run's own tags. */
    public ListingColumn<R> tags() {
        return column("tags", this::tags).shownAs("TAGS", row -> Line.of(shownTags(run.apply(row))));
    }

    private Map<String, String> tags(RunRow row) {
        return Notes.tags(notes(row));
    }

    private List<Note> notes(RunRow row) {
        return notes(row.run());
    }

    private synchronized List<Note> notes(RunView read) {
        return notes.computeIfAbsent(read, RunView::notes);
    }

    private String shownTags(@Nullable RunRow row) {
        return row == null
                ? ""
                : tags(row).entrySet().stream()
                        .map(tag -> tag.getValue().isEmpty() ? tag.getKey() : tag.getKey() + "=" + tag.getValue())
                        .collect(Collectors.joining(" "));
    }

    /** Returns the column of the last remark about the run. */
    public ListingColumn<R> note() {
        return column("note", row -> lastNote(notes(row)));
    }

    /** Returns the text of the last note that is no tag; {@code null} if there is none. */
    public static @Nullable String lastNote(List<Note> notes) {
        return notes.stream()
                .filter(note -> !note.isTag())
                .map(Note::text)
                .reduce((before, last) -> last)
                .orElse(null);
    }

    /** Returns columns to which those of the runs' tags are added by their names, {@code run.tag.NAME}. */
    public ListingColumns<R> withTags(JobsView view, List<ListingColumn<R>> all, List<ListingColumn<R>> usual) {
        return new WithTags(view, all, usual);
    }

    private final class WithTags implements ListingColumns<R> {
        private final JobsView view;
        private final List<ListingColumn<R>> all;
        private final List<ListingColumn<R>> usual;

        private WithTags(JobsView view, List<ListingColumn<R>> all, List<ListingColumn<R>> usual) {
            this.view = view;
            this.all = all;
            this.usual = usual;
        }

        @Override
        public List<ListingColumn<R>> all() {
            return all;
        }

        @Override
        public List<ListingColumn<R>> usual() {
            return usual;
        }

        @Override
        public Optional<ListingColumn<R>> find(String name) {
            return tagNames()
                    .filter(tag -> RowValues.nameOfRunTag(tag).equals(name))
                    .findFirst()
                    .map(tag -> column(name, row -> tags(row).get(tag)));
        }

        @Override
        public List<String> otherNames() {
            return tagNames().map(RowValues::nameOfRunTag).toList();
        }

        private Stream<String> tagNames() {
            return view.runs().stream()
                    .flatMap(run -> Notes.tags(notes(run)).keySet().stream())
                    .distinct()
                    .sorted();
        }
    }

    /** Returns all columns but that of the name. */
    public List<ListingColumn<R>> details() {
        return List.of(
                state(),
                jobs(),
                done(),
                failed(),
                active(),
                unstarted(),
                started(),
                column("ended", row -> row.run().ended().orElse(null)),
                time(),
                column("age", row -> age(row.run())),
                tags(),
                note(),
                process(),
                column(
                        "host",
                        row -> row.run().process().map(ProcessIdentity::host).orElse(null)),
                column(
                        "pid",
                        row -> row.run().process().map(ProcessIdentity::pid).orElse(null)),
                column("folder", row -> row.run().folder().path().toString()));
    }

    private ListingColumn<R> count(String name, JobState... counted) {
        return column(
                name,
                row -> Stream.of(counted)
                        .mapToLong(state -> counts(row).getOrDefault(state, 0L))
                        .sum());
    }

    private synchronized Map<JobState, Long> counts(RunRow row) {
        return counts.computeIfAbsent(
                row, each -> states(each).collect(Collectors.groupingBy(state -> state, Collectors.counting())));
    }

    /** Returns the states of the selected jobs: those at the end of a run that has recorded them, else those of now. */
    private static Stream<JobState> states(RunRow row) {
        Optional<RunEnd> end = RunEnd.find(row.run());
        if (end.isEmpty()) {
            return row.jobs().stream().map(JobView::state);
        }
        Map<String, JobView> jobs = new HashMap<>();
        row.jobs().forEach(job -> jobs.put(job.name(), job));
        return row.submissions().stream()
                .map(RunSubmission::job)
                .distinct()
                .map(name -> end.get().state(name, jobs.get(name)));
    }

    private ListingColumn<R> column(String name, Function<RunRow, @Nullable Object> value) {
        return ListingColumn.of(name, row -> {
            RunRow found = run.apply(row);
            return found == null ? null : value.apply(found);
        });
    }

    /** Returns the time since the end of a run; while it goes on, since its start. */
    private @Nullable Duration age(RunView run) {
        return run.ended()
                .or(run::started)
                .map(since -> Duration.between(since, now))
                .orElse(null);
    }
}
