package org.experimaestro.tui.wire;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The retries and cleanings that wait, and the last ones that have waited.
 *
 * @param actions the actions
 */
public record WireNoted(List<Action> actions) {
    /**
     * An action that was confirmed.
     *
     * @param id its name, for undo
     * @param action the action
     * @param jobs the number of jobs that it is for
     * @param until the time at which it is performed
     * @param state {@code noted}, {@code performing}, {@code done}, {@code refused} or {@code undone}
     * @param possibleTotal the number of jobs that it has changed
     * @param impossibleTotal the number of jobs that it has left
     * @param reason the reason why it has left the first of them, or was refused
     * @param undo the entry of the trash that has what was cleaned
     */
    public record Action(
            String id,
            String action,
            int jobs,
            Instant until,
            String state,
            int possibleTotal,
            int impossibleTotal,
            Optional<String> reason,
            Optional<String> undo) {}
}
