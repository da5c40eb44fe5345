package org.experimaestro.monitor.filter;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.function.Predicate;
import org.experimaestro.core.defaults.DurationText;
import org.experimaestro.requirement.Quantities;
import org.jspecify.annotations.Nullable;

/** The right side of a comparison: a text, or a range of texts. */
sealed interface Operand {

    /** Returns whether a value of a kind, which is not null, equals this operand or lies in it. */
    Predicate<Object> equality(JobField.Kind kind);

    /**
     * A text.
     *
     * @param text the text without quotes
     */
    record Text(String text) implements Operand {
        @Override
        public Predicate<Object> equality(JobField.Kind kind) {
            return switch (kind) {
                case WORD, TEXT, TEXTS -> text::equals;
                case RUN -> value -> value.equals(text) || value.toString().endsWith("/" + text);
                case IDENTIFIER -> value -> value.toString().startsWith(text);
                case VALUE, NUMBER -> value -> ValueMatch.isSame(text, value);
                case DURATION -> DurationText.parse(text)::equals;
                case SIZE -> Long.valueOf(Quantities.bytes(text))::equals;
            };
        }

        /** Returns a predicate of values that compare with this text as an operator demands. */
        Predicate<Object> order(JobField.Kind kind, Operator operator) {
            return switch (kind) {
                case DURATION -> {
                    Duration bound = DurationText.parse(text);
                    yield value -> operator.holds(((Duration) value).compareTo(bound));
                }
                case SIZE -> {
                    long bound = Quantities.bytes(text);
                    yield value -> operator.holds(Long.compare((Long) value, bound));
                }
                case VALUE, NUMBER ->
                    value -> {
                        OptionalInt comparison = ValueMatch.compare(value, text);
                        return comparison.isPresent() && operator.holds(comparison.getAsInt());
                    };
                case RUN -> value -> operator.holds(runName(value.toString()).compareTo(runName(text)));
                case TEXT, TEXTS, WORD, IDENTIFIER ->
                    value -> operator.holds(value.toString().compareTo(text));
            };
        }
    }

    private static String runName(String run) {
        return run.substring(run.lastIndexOf('/') + 1);
    }

    /**
     * A range, with both of its ends. Without ends, all values lie in it.
     *
     * @param low the least value; {@code null} if the range is open below
     * @param high the greatest value; {@code null} if the range is open above
     */
    record Range(@Nullable Text low, @Nullable Text high) implements Operand {
        @Override
        public Predicate<Object> equality(JobField.Kind kind) {
            Predicate<Object> all = value -> true;
            return (low == null ? all : low.order(kind, Operator.AT_LEAST))
                    .and(high == null ? all : high.order(kind, Operator.AT_MOST));
        }
    }
}
