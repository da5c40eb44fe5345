package org.experimaestro.web.api;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * An action that was confirmed, and is performed some seconds later unless it is undone before. Immutable.
 *
 * @param id its name, by which it is undone
 * @param action the action
 * @param jobs the number of jobs that it is for
 * @param until the time at which it is performed
 * @param state its state
 * @param possibleTotal the number of jobs that it has changed, once it is done
 * @param impossibleTotal the number of jobs that it has left, once it is done
 * @param reason the reason why it has left the first of them, or why it was refused
 * @param undo the entry of the trash that has what was cleaned
 */
public record NotedAction(
        String id,
        String action,
        int jobs,
        Instant until,
        State state,
        OptionalInt possibleTotal,
        OptionalInt impossibleTotal,
        Optional<String> reason,
        Optional<String> undo) {

    /** The state of an action that was confirmed. */
    public enum State {
        /** It waits, and can be undone. */
        NOTED,
        /** It is performed now. */
        PERFORMING,
        /** It was performed. */
        DONE,
        /** It was not performed, because something had changed. */
        REFUSED,
        /** It was not performed, because somebody has undone it. */
        UNDONE
    }

    /**
     * Creates an action that waits.
     *
     * @param id its name
     * @param action the action
     * @param jobs the number of jobs that it is for
     * @param until the time at which it is performed
     */
    public NotedAction(String id, String action, int jobs, Instant until) {
        this(
                id,
                action,
                jobs,
                until,
                State.NOTED,
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /**
     * Returns the same action in another state.
     *
     * @param next the state
     * @return a new value without a result
     */
    public NotedAction in(State next) {
        return new NotedAction(
                id, action, jobs, until, next, OptionalInt.empty(), OptionalInt.empty(), Optional.empty(), undo);
    }

    /**
     * Returns the same action as one that was refused.
     *
     * @param why the reason
     * @return a new value
     */
    public NotedAction refused(String why) {
        return new NotedAction(
                id,
                action,
                jobs,
                until,
                State.REFUSED,
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.of(why),
                Optional.empty());
    }

    /**
     * Returns the same action as one that was performed.
     *
     * @param changed the number of jobs that it has changed
     * @param left the number of jobs that it has left
     * @param why the reason why it has left the first of them
     * @param entry the entry of the trash that has what was cleaned
     * @return a new value
     */
    public NotedAction done(int changed, int left, Optional<String> why, Optional<String> entry) {
        return new NotedAction(
                id, action, jobs, until, State.DONE, OptionalInt.of(changed), OptionalInt.of(left), why, entry);
    }
}
