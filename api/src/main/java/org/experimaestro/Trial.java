package org.experimaestro;

import java.util.Map;
import java.util.OptionalDouble;

/**
 * A point that a {@link Search} tries, and the answer to it. What a trial runs is up to the plan: one task, or a graph
 * of tasks. Thread-safe.
 *
 * @param <T> the record of a point
 */
public interface Trial<T extends Record> {

    /**
     * Returns the number of the trial in its search.
     *
     * @return from 0, in the order in which the search was asked
     */
    int number();

    /**
     * Returns the point's settings.
     *
     * @return the record, which no other trial of the search has
     */
    T value();

    /**
     * Returns the values that the search has chosen.
     *
     * @return by the name of the component, in the record's order, unmodifiable; for a component of a record inside the
     *     record by the path to it, such as {@code optimizer.lr}. The name of a component whose type is a sealed interface
     *     has the name of the chosen record. Values are those of {@link Tags#tags}.
     */
    Map<String, Object> tags();

    /**
     * Tags a configuration, typically a task that is submitted for this trial.
     *
     * @param config any configuration
     * @param <C> its type
     * @return the configuration with all tags of this trial
     */
    default <C> Config<C> tag(Config<C> config) {
        Config<C> tagged = config;
        for (Map.Entry<String, Object> tag : tags().entrySet()) {
            tagged = tagged.tag(tag.getKey(), tag.getValue());
        }
        return tagged;
    }

    /**
     * Returns the state of the trial.
     *
     * @return {@link State#OPEN} until the search is told the answer
     */
    State state();

    /**
     * Returns the answer.
     *
     * @return empty unless the state is {@link State#DONE}
     */
    OptionalDouble answer();

    /** The state of a trial. */
    enum State {
        /** The search waits for the answer. */
        OPEN,
        /** The search was told a value. */
        DONE,
        /** The search was told that there is no value, because a job failed or the value is not a number. */
        FAILED,
        /** There is no answer in this run, because the run runs nothing, is detached, or leaves the job out. */
        NOT_RUN
    }
}
