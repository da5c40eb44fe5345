package org.experimaestro.workspace.protocol;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An exhaustive search of all states that a model can reach, breadth first. Therefore the trace to the first state that
 * breaks a law is a shortest one.
 */
final class Explorer {
    private static final int MOST_STATES = 4_000_000;

    private final Model model;
    private final Map<State, Integer> numbers = new HashMap<>();
    private final List<State> states = new ArrayList<>();
    /** The state from which each state was first reached. */
    private final Numbers parents = new Numbers();
    /** The two ends of each step that is no crash. */
    private final Numbers from = new Numbers();

    private final Numbers to = new Numbers();

    private Explorer(Model model) {
        this.model = model;
    }

    /** A model of a protocol, as states and guarded atomic steps. */
    interface Model {
        State start();

        /** Adds all steps that are possible in a state. */
        void addSteps(State state, Steps steps);

        /** Returns the state that stands for all those that differ only by the names of equal processes. */
        default State canonical(State state) {
            return state;
        }

        /** Returns the law that a state breaks; empty if it breaks none. */
        Optional<Law> broken(State state);

        /** Returns whether nobody has to do anything any more. */
        boolean isEnd(State state);
    }

    /** A receiver of the steps that are possible in a state. */
    interface Steps {
        /** Adds a step that a living process takes. */
        default void add(String text, State next) {
            add(false, text, next);
        }

        /** Adds a step that need not happen, such as a crash: no end may depend on it. */
        default void addFault(String text, State next) {
            add(true, text, next);
        }

        void add(boolean isFault, String text, State next);
    }

    /**
     * A broken law.
     *
     * @param law the law
     * @param trace a shortest sequence of steps that breaks it
     */
    record Finding(Law law, List<String> trace) {}

    /**
     * The result of a search.
     *
     * @param states the number of states that were seen
     * @param finding the first broken law; empty if all laws hold in all states
     */
    record Result(int states, Optional<Finding> finding) {}

    static Result explore(Model model) {
        return new Explorer(model).explore();
    }

    private Result explore() {
        visit(model.canonical(model.start()), 0);
        for (int next = 0; next < states.size(); next++) {
            State state = states.get(next);
            Optional<Law> broken = model.broken(state);
            if (broken.isPresent()) {
                return new Result(states.size(), Optional.of(new Finding(broken.get(), trace(next))));
            }
            int number = next;
            model.addSteps(state, (isFault, text, after) -> {
                int reached = visit(model.canonical(after), number);
                if (!isFault) {
                    from.add(number);
                    to.add(reached);
                }
            });
        }
        return new Result(states.size(), findDeadEnd());
    }

    private int visit(State state, int parent) {
        Integer known = numbers.putIfAbsent(state, states.size());
        if (known != null) {
            return known;
        }
        if (states.size() == MOST_STATES) {
            throw new AssertionError("The model has more than " + MOST_STATES + " states");
        }
        states.add(state);
        parents.add(parent);
        return states.size() - 1;
    }

    /** Finds the first state from which no end can be reached by steps that are no faults. */
    private Optional<Finding> findDeadEnd() {
        int[] first = new int[states.size() + 1];
        for (int i = 0; i < to.size(); i++) {
            first[to.get(i) + 1]++;
        }
        Arrays.parallelPrefix(first, Integer::sum);
        int[] position = first.clone();
        int[] before = new int[to.size()];
        for (int i = 0; i < to.size(); i++) {
            before[position[to.get(i)]++] = from.get(i);
        }
        boolean[] ends = new boolean[states.size()];
        Numbers pending = new Numbers();
        for (int i = 0; i < ends.length; i++) {
            if (model.isEnd(states.get(i))) {
                ends[i] = true;
                pending.add(i);
            }
        }
        for (int i = 0; i < pending.size(); i++) {
            int state = pending.get(i);
            for (int j = first[state]; j < first[state + 1]; j++) {
                if (!ends[before[j]]) {
                    ends[before[j]] = true;
                    pending.add(before[j]);
                }
            }
        }
        for (int i = 0; i < ends.length; i++) {
            if (!ends[i]) {
                return Optional.of(new Finding(Law.ENDS, trace(i)));
            }
        }
        return Optional.empty();
    }

    /** Returns the steps to a state, with the names that the processes had from the start. */
    private List<String> trace(int last) {
        List<State> path = new ArrayList<>();
        for (int number = last; number != 0; number = parents.get(number)) {
            path.add(states.get(number));
        }
        Collections.reverse(path);
        List<String> texts = new ArrayList<>();
        State present = model.start();
        for (State next : path) {
            List<State> reached = new ArrayList<>();
            model.addSteps(present, (isFault, text, after) -> {
                if (reached.isEmpty() && model.canonical(after).equals(next)) {
                    reached.add(after);
                    texts.add(text);
                }
            });
            present = reached.get(0);
        }
        return texts;
    }

    /** A list of numbers without an object for each: a model may have millions of steps. */
    private static final class Numbers {
        private int[] values = new int[1024];
        private int size;

        void add(int value) {
            if (size == values.length) {
                values = Arrays.copyOf(values, size * 2);
            }
            values[size++] = value;
        }

        int get(int index) {
            return values[index];
        }

        int size() {
            return size;
        }
    }
}
