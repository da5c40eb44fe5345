package org.experimaestro.loader.settings;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.experimaestro.PlanException;
import org.jspecify.annotations.Nullable;

/** The problems found so far, told together and in the order of the files. Confined to one thread. */
final class Problems {
    private record Problem(
            Origin origin,
            String what,
            @Nullable String advice,
            @Nullable Throwable cause) {}

    private final List<Problem> problems = new ArrayList<>();

    void add(Origin origin, String what) {
        add(origin, what, null, null);
    }

    void add(Origin origin, String what, @Nullable String advice) {
        add(origin, what, advice, null);
    }

    void add(Origin origin, String what, @Nullable String advice, @Nullable Throwable cause) {
        problems.add(new Problem(origin, what, advice, cause));
    }

    boolean isEmpty() {
        return problems.isEmpty();
    }

    /**
     * Ends the reading if there is any problem.
     *
     * @param subject what was read, for the headline when there are several problems
     * @throws PlanException with all problems
     */
    void throwIfAny(String subject) {
        if (problems.isEmpty()) {
            return;
        }
        List<PlanException> exceptions = problems.stream()
                .sorted(Comparator.comparing(Problem::origin))
                .map(Problems::toException)
                .toList();
        if (exceptions.size() == 1) {
            throw exceptions.getFirst();
        }
        throw together(subject, exceptions);
    }

    private static PlanException together(String subject, List<PlanException> exceptions) {
        String list = exceptions.stream()
                .map(exception -> "\n  " + Objects.requireNonNull(exception.getMessage()))
                .collect(Collectors.joining());
        List<Throwable> causes = exceptions.stream()
                .map(Throwable::getCause)
                .filter(Objects::nonNull)
                .map(Throwable.class::cast)
                .toList();
        var all = new PlanException(
                exceptions.size() + " problems:" + list, subject, null, causes.isEmpty() ? null : causes.getFirst());
        causes.stream().skip(1).forEach(all::addSuppressed);
        return all;
    }

    private static PlanException toException(Problem problem) {
        return new PlanException(problem.what(), problem.origin().place(), problem.advice(), problem.cause());
    }
}
