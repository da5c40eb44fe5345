package org.experimaestro;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.experimaestro.base.process.PlanLine;

/**
 * The points among which a {@link Search} looks for the best one: records, with the values that their components may
 * have. Immutable; each method returns a new space.
 *
 * <p>{@snippet :
 * record Model(@Range(min = 1e-5, max = 0.1) @LogScale double rate, @Range(min = 1, max = 8) int layers, boolean bias) {}
 *
 * Space<Model> space = Space.of(Model.class).where(model -> model.layers() < 8 || model.rate() < 0.01);
 * }
 *
 * <p>A component is
 *
 * <ul>
 *   <li>a number with a {@link Range}, and perhaps a {@link LogScale} or a {@link Step},
 *   <li>a text or a number with {@link OneOf},
 *   <li>a {@code boolean} or an enum, perhaps with {@link OneOf},
 *   <li>a record, or a sealed interface of records, of which the search chooses one.
 * </ul>
 *
 * <p>The methods of this class give values in the place of annotations, for example ends that the YAML file has. The page
 * {@code docs/search.md} says how values are rounded.
 *
 * @param <T> the record of a point
 */
public final class Space<T extends Record> {
    private final Class<T> type;
    private final Map<String, Values> values;
    private final List<Predicate<? super T>> conditions;

    private Space(Class<T> type, Map<String, Values> values, List<Predicate<? super T>> conditions) {
        this.type = type;
        this.values = values;
        this.conditions = conditions;
    }

    /**
     * Creates a space.
     *
     * @param type the record of a point; a search checks its components when it is created
     * @param <T> the record of a point
     * @return the space
     */
    public static <T extends Record> Space<T> of(Class<T> type) {
        return new Space<>(type, Map.of(), List.of());
    }

    /**
     * Gives a component the numbers of an interval.
     *
     * @param name the component's name, or the path to it, such as {@code optimizer.lr}
     * @param from the least number
     * @param to the greatest number, greater than the least one
     * @return a new space
     * @throws PlanException if the numbers are no interval
     */
    public Space<T> range(String name, Number from, Number to) {
        return with(name, Values.interval(name, Kind.RANGE, from, to, Optional.empty()));
    }

    /**
     * Gives a component the numbers of an interval in equal steps.
     *
     * @param name the component's name, or the path to it
     * @param from the least number
     * @param to the greatest number; it is included if a step meets it
     * @param step the step, greater than 0
     * @return a new space
     * @throws PlanException if the numbers are no interval, or the step is not greater than 0
     */
    public Space<T> range(String name, Number from, Number to, Number step) {
        return with(name, Values.interval(name, Kind.RANGE, from, to, Optional.of(Values.decimal(name, step))));
    }

    /**
     * Gives a component the numbers of an interval, on a logarithmic scale.
     *
     * @param name the component's name, or the path to it
     * @param from the least number, greater than 0
     * @param to the greatest number, greater than the least one
     * @return a new space
     * @throws PlanException if the numbers are no interval of positive numbers
     */
    public Space<T> log(String name, Number from, Number to) {
        return with(name, Values.interval(name, Kind.LOG, from, to, Optional.empty()));
    }

    /**
     * Gives a component a list of values, without an order among them. With one value, the search leaves it as it is.
     *
     * @param name the component's name, or the path to it
     * @param choices the values, of the component's type; at least one
     * @return a new space
     * @throws PlanException if there is no value
     */
    public Space<T> choose(String name, Object... choices) {
        if (choices.length == 0) {
            throw problem("Cannot search over " + name + ": it has no values to choose from")
                    .build();
        }
        List<Object> list = new ArrayList<>();
        for (Object choice : choices) {
            list.add(Objects.requireNonNull(choice, "a value of " + name + " is null"));
        }
        return with(
                name,
                new Values(
                        Kind.CHOICE,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Collections.unmodifiableList(list)));
    }

    private Space<T> with(String name, Values given) {
        Map<String, Values> all = new LinkedHashMap<>(values);
        all.put(name, given);
        return new Space<>(type, Collections.unmodifiableMap(all), conditions);
    }

    /**
     * Leaves out the points that do not meet a condition.
     *
     * @param condition depends on the point alone, so that each run leaves out the same points
     * @return a new space
     */
    public Space<T> where(Predicate<? super T> condition) {
        List<Predicate<? super T>> all = new ArrayList<>(conditions);
        all.add(condition);
        return new Space<>(type, values, Collections.unmodifiableList(all));
    }

    /**
     * Returns the record of a point.
     *
     * @return its class
     */
    public Class<T> type() {
        return type;
    }

    /**
     * Returns the values that were given in the place of annotations.
     *
     * @return by the path of the component, unmodifiable
     */
    public Map<String, Values> values() {
        return values;
    }

    /**
     * Returns whether a point meets all conditions.
     *
     * @param point a point
     * @return whether a search may try it
     */
    public boolean contains(T point) {
        for (Predicate<? super T> condition : conditions) {
            if (!condition.test(point)) {
                return false;
            }
        }
        return true;
    }

    private static ExperimaestroException.Builder<PlanException> problem(String text) {
        return PlanException.of(text).at(PlanLine.current());
    }

    /** The form of the values of a component. */
    public enum Kind {
        /** The numbers of an interval, each equally likely. */
        RANGE,
        /** The numbers of an interval, on a logarithmic scale. */
        LOG,
        /** A list of values. */
        CHOICE
    }

    /** The values that a component may have. Immutable. */
    public static final class Values {
        private final Kind kind;
        private final Optional<BigDecimal> from;
        private final Optional<BigDecimal> to;
        private final Optional<BigDecimal> step;
        private final List<Object> choices;

        private Values(
                Kind kind,
                Optional<BigDecimal> from,
                Optional<BigDecimal> to,
                Optional<BigDecimal> step,
                List<Object> choices) {
            this.kind = kind;
            this.from = from;
            this.to = to;
            this.step = step;
            this.choices = choices;
        }

        private static Values interval(String name, Kind kind, Number from, Number to, Optional<BigDecimal> step) {
            BigDecimal low = decimal(name, from);
            BigDecimal high = decimal(name, to);
            String numbers = "Cannot search over " + name + " from " + from + " to " + to + ": ";
            if (low.compareTo(high) >= 0) {
                throw problem(numbers + "the first number must be less than the second one")
                        .build();
            }
            if (kind == Kind.LOG && low.signum() <= 0) {
                throw problem(numbers + "on a logarithmic scale, both must be greater than 0")
                        .build();
            }
            if (step.isPresent() && step.get().signum() <= 0) {
                throw problem(numbers + "the step is " + step.get() + ", and must be greater than 0")
                        .build();
            }
            return new Values(kind, Optional.of(low), Optional.of(high), step, List.of());
        }

        private static BigDecimal decimal(String name, Number number) {
            try {
                return new BigDecimal(number.toString());
            } catch (NumberFormatException notFinite) {
                throw problem("Cannot search over " + name + ": " + number + " is not a finite number")
                        .build();
            }
        }

        /**
         * Returns the form of the values.
         *
         * @return the form
         */
        public Kind kind() {
            return kind;
        }

        /**
         * Returns the least number.
         *
         * @return empty for a {@link Kind#CHOICE}
         */
        public Optional<BigDecimal> from() {
            return from;
        }

        /**
         * Returns the greatest number.
         *
         * @return empty for a {@link Kind#CHOICE}
         */
        public Optional<BigDecimal> to() {
            return to;
        }

        /**
         * Returns the step between the numbers.
         *
         * @return empty if there is none, or for a {@link Kind#CHOICE}
         */
        public Optional<BigDecimal> step() {
            return step;
        }

        /**
         * Returns the values to choose from.
         *
         * @return empty unless the form is {@link Kind#CHOICE}, unmodifiable
         */
        public List<Object> choices() {
            return choices;
        }
    }
}
