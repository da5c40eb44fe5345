package org.experimaestro.search;

import java.util.Map;
import java.util.OptionalDouble;
import org.experimaestro.Trial;
import org.experimaestro.base.text.TagValue;

/** A trial that a search has given to a plan. Its positions and state are those of the search. */
final class AskedTrial<T extends Record> implements Trial<T> {
    private final int number;
    private final T value;
    private final double[] positions;
    private final Map<String, Object> tags;
    private volatile State state = State.OPEN;
    private volatile double answer = Double.NaN;

    AskedTrial(int number, T value, double[] positions, Map<String, Object> tags) {
        this.number = number;
        this.value = value;
        this.positions = positions;
        this.tags = tags;
    }

    /** Returns the positions on the axes, which the caller does not change. */
    double[] positions() {
        return positions;
    }

    void end(State end, double value) {
        answer = value;
        state = end;
    }

    @Override
    public int number() {
        return number;
    }

    @Override
    public T value() {
        return value;
    }

    @Override
    public Map<String, Object> tags() {
        return tags;
    }

    @Override
    public State state() {
        return state;
    }

    @Override
    public OptionalDouble answer() {
        return state == State.DONE ? OptionalDouble.of(answer) : OptionalDouble.empty();
    }

    /** Returns the number and the tags, for example {@code trial 3 (rate=0.1 layers=2)}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        tags.forEach((name, each) ->
                text.append(text.isEmpty() ? "" : " ").append(name).append('=').append(TagValue.show(each)));
        return "trial " + number + " (" + text + ")";
    }
}
