package org.experimaestro.monitor.compare;

import java.util.Comparator;
import java.util.List;
import org.experimaestro.workspace.code.CodeChange;

/**
 * The first known cause of different results: parameters come before code, and code before the environment, because they
 * change results in this order of likelihood. Causes of several pairs of jobs that are equal are one cause. Immutable.
 *
 * @param kind the kind of the cause
 * @param values the parameters, the properties of the environment, or the states that differ, the first cause first
 * @param code the code that differs, also if parameters differ too
 */
public record FirstCause(Kind kind, List<ComparedValue> values, CodeChange code) {
    /** A kind of causes, in the order in which they are told. */
    public enum Kind {
        /** Parameters that count differ, so that the identifiers do. */
        PARAMETERS,
        /** The parameters are equal, and the code differs. */
        CODE,
        /** The parameters and the code are equal, and a host, a launcher, the JDK or its options differ. */
        ENVIRONMENT,
        /** Nothing differs that the workspace has stored. */
        UNKNOWN,
        /** One of the jobs has no result to compare: it was not run, or not to its end. */
        NO_RESULT
    }

    /** Copies the list. */
    public FirstCause {
        values = List.copyOf(values);
    }

    /**
     * Selects the first cause.
     *
     * @param parameters the parameters that differ
     * @param code the code that differs
     * @param environment the properties of the environment that differ
     */
    static FirstCause of(List<ComparedValue> parameters, CodeChange code, List<ComparedValue> environment) {
        List<ComparedValue> counting = parameters.stream()
                .filter(ComparedValue::counts)
                .sorted(Comparator.comparingLong(value -> -producers(value.name())))
                .toList();
        if (!counting.isEmpty()) {
            return new FirstCause(Kind.PARAMETERS, counting, code);
        }
        if (!code.isNone()) {
            return new FirstCause(Kind.CODE, List.of(), code);
        }
        return new FirstCause(environment.isEmpty() ? Kind.UNKNOWN : Kind.ENVIRONMENT, environment, code);
    }

    /** Creates the cause of a pair of which one job has no result. */
    static FirstCause ofNoResult(ComparedValue states) {
        return new FirstCause(Kind.NO_RESULT, List.of(states), CodeChange.NONE);
    }

    /**
     * Returns the number of tasks on a path: each has its type in parentheses. For example,
     * {@code model(tutorial.learn).epochs} comes before {@code metric}, because the output of the task
     * {@code tutorial.learn} is an input of the compared jobs.
     */
    private static long producers(String path) {
        return path.chars().filter(character -> character == '(').count();
    }
}
