package org.experimaestro.web.api;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.monitor.view.RunEnd;
import org.experimaestro.monitor.view.RunSubmission;
import org.experimaestro.monitor.view.RunView;
import org.experimaestro.monitor.view.SkippedJobs;
import org.experimaestro.workspace.Note;
import org.experimaestro.workspace.Notes;
import org.experimaestro.workspace.RunState;

/**
 * A run in a list.
 *
 * @param experiment the name of its experiment
 * @param run its name
 * @param state its state
 * @param outcome the outcome of a run that has ended
 * @param started the time of its start
 * @param ended the time of its end
 * @param paused the time since when it starts no jobs
 * @param counts the numbers of its jobs by state: at its end if it has recorded them, else now
 * @param tags its tags, such as {@code paper=icml}
 * @param note the latest note on it
 */
public record RunLine(
        String experiment,
        String run,
        RunState state,
        Optional<String> outcome,
        Optional<Instant> started,
        Optional<Instant> ended,
        Optional<Instant> paused,
        Map<CountedState, Integer> counts,
        List<String> tags,
        Optional<String> note) {

    /**
     * Creates the line of a run.
     *
     * @param view all jobs
     * @param run the run
     * @return the line
     */
    public static RunLine of(JobsView view, RunView run) {
        return of(run, counts(view, run));
    }

    /** Returns the numbers of the jobs of a run by state, for which each of them is looked at. */
    static Map<CountedState, Integer> counts(JobsView view, RunView run) {
        Function<String, CountedState> state = RunEnd.find(run)
                .<Function<String, CountedState>>map(
                        end -> job -> CountedState.of(end, job, view.find(job).orElse(null)))
                .orElseGet(() -> now(view, run));
        List<CountedState> states = run.submissions().stream()
                .map(RunSubmission::job)
                .distinct()
                .map(state)
                .toList();
        return CountedState.count(states);
    }

    /** Creates the line of a run whose jobs were counted before. */
    static RunLine of(RunView run, Map<CountedState, Integer> counts) {
        List<Note> all = run.notes();
        List<Note> notes = all.stream().filter(note -> !note.isTag()).toList();
        return new RunLine(
                run.folder().experiment(),
                run.folder().name(),
                run.state(),
                run.outcome().map(outcome -> outcome.toLowerCase(Locale.ROOT).replace('_', ' ')),
                run.started(),
                run.ended(),
                run.pausedSince(),
                counts,
                Notes.tags(all).entrySet().stream()
                        .map(tag -> tag.getKey() + "=" + tag.getValue())
                        .toList(),
                notes.isEmpty() ? Optional.empty() : Optional.of(notes.getLast().text()));
    }

    private static Function<String, CountedState> now(JobsView view, RunView run) {
        Set<String> skipped = SkippedJobs.of(view, run);
        return job ->
                view.find(job).map(found -> CountedState.of(found, skipped)).orElse(CountedState.NEW);
    }
}
