package org.experimaestro.settings;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.experimaestro.ExperimaestroException;
import org.experimaestro.PlanException;
import org.jspecify.annotations.Nullable;

/** A list of the problems found so far, reported together and in the order of the files. Confined to one thread. */
public final class Problems {

    /** A factory of the exception that reports a problem, such as {@code PlanException::of}. */
    @FunctionalInterface
    public interface ExceptionMaker {

        /**
         * Begins an exception.
         *
         * @param problem the problem, with the value found
         * @return a builder, to which place, advice and cause are added
         */
        ExperimaestroException.Builder<?> of(String problem);
    }

    private record Problem(
            Origin origin,
            String what,
            @Nullable String advice,
            @Nullable Throwable cause) {}

    private final List<Problem> problems = new ArrayList<>();
    private final ExceptionMaker maker;

    /** Creates an empty list of problems of a plan or its settings. */
    Problems() {
        this(PlanException::of);
    }

    /**
     * Creates an empty list.
     *
     * @param maker makes the exception that reports the problems
     */
    public Problems(ExceptionMaker maker) {
        this.maker = maker;
    }

    /**
     * Adds a problem.
     *
     * @param origin its place
     * @param what the problem, with the value found
     */
    public void add(Origin origin, String what) {
        add(origin, what, null, null);
    }

    /**
     * Adds a problem.
     *
     * @param origin its place
     * @param what the problem, with the value found
     * @param advice the user's next step, or {@code null}
     */
    public void add(Origin origin, String what, @Nullable String advice) {
        add(origin, what, advice, null);
    }

    void add(Origin origin, String what, @Nullable String advice, @Nullable Throwable cause) {
        problems.add(new Problem(origin, what, advice, cause));
    }

    /**
     * Adds the problems of another list that are not known yet. A place has one exception of a constructor, because its
     * message may differ for each combination of values.
     *
     * @param more the other list
     * @param settled places of whose problems enough has been said
     */
    void addDistinct(Problems more, Set<Origin> settled) {
        for (Problem problem : more.problems) {
            boolean isKnown = problems.stream()
                    .anyMatch(known -> known.origin().equals(problem.origin())
                            && (known.what().equals(problem.what())
                                    || known.cause() != null && problem.cause() != null));
            if (!isKnown && !settled.contains(problem.origin())) {
                problems.add(problem);
            }
        }
    }

    /**
     * Returns whether there are no problems so far.
     *
     * @return false if there is a problem
     */
    public boolean isEmpty() {
        return problems.isEmpty();
    }

    /**
     * Throws if there is a problem.
     *
     * @param subject the text that was read, for the headline if there are several problems
     * @throws ExperimaestroException with all problems; of the type that this list was made for
     */
    public void throwIfAny(String subject) {
        if (problems.isEmpty()) {
            return;
        }
        List<ExperimaestroException> exceptions = exceptions();
        if (exceptions.size() == 1) {
            throw exceptions.getFirst();
        }
        throw together(subject, exceptions);
    }

    /** Returns the message of each problem, with its place, in the order of the files. */
    List<String> messages() {
        return exceptions().stream()
                .map(exception -> String.valueOf(exception.getMessage()))
                .toList();
    }

    private List<ExperimaestroException> exceptions() {
        return problems.stream()
                .sorted(Comparator.comparing(Problem::origin))
                .map(this::toException)
                .toList();
    }

    private ExperimaestroException together(String subject, List<ExperimaestroException> exceptions) {
        String list = exceptions.stream()
                .map(exception ->
                        "\n  " + Objects.requireNonNull(exception.getMessage()).replace("\n", "\n  "))
                .collect(Collectors.joining());
        List<Throwable> causes = exceptions.stream()
                .map(Throwable::getCause)
                .filter(Objects::nonNull)
                .map(Throwable.class::cast)
                .toList();
        ExperimaestroException all = maker.of(exceptions.size() + " problems:" + list)
                .at(subject)
                .cause(causes.isEmpty() ? null : causes.getFirst())
                .build();
        causes.stream().skip(1).forEach(all::addSuppressed);
        return all;
    }

    private ExperimaestroException toException(Problem problem) {
        return maker.of(problem.what())
                .at(problem.origin().place())
                .advice(problem.advice())
                .cause(problem.cause())
                .build();
    }
}
