package org.experimaestro.tui.wire;

import java.util.List;
import java.util.Optional;

/**
 * The answer about an action: what it would do, or has done.
 *
 * @param possible the jobs that it changes, the first of them
 * @param impossible the jobs that it leaves, the first of them
 * @param possibleTotal the number of jobs that it changes
 * @param impossibleTotal the number of jobs that it leaves
 * @param bytes the size of the files that a cleaning takes away
 * @param dependents the number of other jobs that use the results
 * @param done whether it was performed
 * @param plan the name of the selected jobs
 * @param undo the entry of the trash that has what was cleaned
 * @param noted the action that waits, in which case nothing has changed yet
 * @param effect the effect on a run, for an action on a run itself
 */
public record WireAction(
        List<Possible> possible,
        List<Impossible> impossible,
        int possibleTotal,
        int impossibleTotal,
        long bytes,
        int dependents,
        boolean done,
        String plan,
        Optional<String> undo,
        Optional<WireNoted.Action> noted,
        Optional<String> effect) {
    /**
     * A job that the action changes.
     *
     * @param job the job
     * @param effect the effect on it
     */
    public record Possible(WireLink job, String effect) {}

    /**
     * A job that the action leaves.
     *
     * @param job the job
     * @param reason the reason
     */
    public record Impossible(WireLink job, String reason) {}
}
