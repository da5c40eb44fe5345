package org.experimaestro.web.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.monitor.view.RunView;
import org.experimaestro.workspace.Note;
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
 * @param counts the numbers of its jobs by state
 * @param note the latest note on it
 */
public record RunLine(
        String experiment,
        String run,
        RunState state,
        Optional<String> outcome,
        Optional<Instant> started,
        Optional<Instant> ended,
        Map<CountedState, Integer> counts,
        Optional<String> note) {

    /**
     * Creates the line of a run.
     *
     * @param view all jobs
     * @param run the run
     * @return the line
     */
    public static RunLine of(JobsView view, RunView run) {
        List<CountedState> states = run.submissions().stream()
                .map(submission -> submission.job())
                .distinct()
                .map(job ->
                        view.find(job).map(JobView::state).map(CountedState::of).orElse(CountedState.NEW))
                .toList();
        List<Note> notes = run.notes();
        return new RunLine(
                run.folder().experiment(),
                run.folder().name(),
                run.state(),
                run.outcome(),
                run.started(),
                run.ended(),
                CountedState.count(states),
                notes.isEmpty() ? Optional.empty() : Optional.of(notes.getLast().text()));
    }
}
