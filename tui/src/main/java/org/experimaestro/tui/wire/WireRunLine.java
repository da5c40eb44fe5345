package org.experimaestro.tui.wire;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A line about a run.
 *
 * @param experiment the experiment
 * @param run the name of the run
 * @param state {@code running}, {@code ended}, {@code died} or {@code unknown}
 * @param outcome the end of a run that has ended
 * @param started the time of its start
 * @param ended the time of its end
 * @param paused the time since when it starts no jobs
 * @param counts the numbers of its jobs by their phase
 * @param note a remark on it
 */
public record WireRunLine(
        String experiment,
        String run,
        String state,
        Optional<String> outcome,
        Optional<Instant> started,
        Optional<Instant> ended,
        Optional<Instant> paused,
        Map<String, Integer> counts,
        Optional<String> note) {
    /** Returns its outcome, or its state while there is none. */
    public String word() {
        return state.equals("ended") ? outcome.orElse("ended") : paused.isPresent() ? "paused" : state;
    }

    /** Returns the name that the API knows it by. */
    public String name() {
        return experiment + "/" + run;
    }
}
