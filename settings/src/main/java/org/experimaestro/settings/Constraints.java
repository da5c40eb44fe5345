package org.experimaestro.settings;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.experimaestro.OneOf;
import org.experimaestro.Range;
import org.experimaestro.base.text.NearName;
import org.experimaestro.settings.YamlValue.Scalar;
import org.jspecify.annotations.Nullable;

/**
 * The limits of {@link Range} and {@link OneOf} on a component's value, or on each element of a collection.
 *
 * @param range the numbers that are allowed; {@code null} for all
 * @param choices the texts that are allowed; {@code null} for all
 */
record Constraints(@Nullable Range range, @Nullable OneOf choices) {
    static final Constraints NONE = new Constraints(null, null);

    private static final double LARGEST_WHOLE = 1e15;

    /** The values expected instead of a value that is not allowed, with the choice that was probably meant. */
    record Violation(String expected, @Nullable String advice) {}

    /** Checks a converted value of a type; {@code scalar} is the written form of it. */
    Optional<Violation> check(Class<?> type, Object value, Scalar scalar) {
        if (range != null && value instanceof Number number && !isInside(range, number)) {
            return Optional.of(new Violation(words(range), null));
        }
        if (choices != null
                && !choiceValues(type, choices, scalar.origin().folder()).contains(value)) {
            List<String> names = Arrays.asList(choices.value());
            return Optional.of(new Violation(
                    "one of " + Texts.list(names),
                    NearName.advice(scalar.text(), names).orElse(null)));
        }
        return Optional.empty();
    }

    /** Returns the choices that cannot be values of a type; empty if all can. */
    static List<String> wrongChoices(Class<?> type, OneOf choices) {
        return Arrays.stream(choices.value())
                .filter(choice ->
                        choiceValue(type, choice, Path.of("").toAbsolutePath()).isEmpty())
                .toList();
    }

    private static List<Object> choiceValues(Class<?> type, OneOf choices, Path folder) {
        var values = new ArrayList<Object>();
        for (String choice : choices.value()) {
            choiceValue(type, choice, folder).ifPresent(values::add);
        }
        return values;
    }

    private static Optional<Object> choiceValue(Class<?> type, String choice, Path folder) {
        return AnnotationText.parse(choice, type, Source.ofCode("@OneOf", 0, folder), new Problems())
                .filter(Scalar.class::isInstance)
                .map(value -> ScalarReader.read(type, (Scalar) value))
                .filter(ScalarReader.Converted.class::isInstance)
                .map(reading -> ((ScalarReader.Converted) reading).value());
    }

    private static boolean isInside(Range range, Number number) {
        if (number instanceof Long exact) {
            // A double has fewer digits than a long, so a comparison as doubles would round at the limits.
            return (Double.isInfinite(range.min()) || decimal(exact).compareTo(new BigDecimal(range.min())) >= 0)
                    && (Double.isInfinite(range.max()) || decimal(exact).compareTo(new BigDecimal(range.max())) <= 0);
        }
        double value = number.doubleValue();
        return value >= range.min() && value <= range.max();
    }

    private static BigDecimal decimal(long value) {
        return BigDecimal.valueOf(value);
    }

    private static String words(Range range) {
        if (Double.isInfinite(range.max())) {
            return Double.isInfinite(range.min()) ? "a number, not NaN" : "at least " + shown(range.min());
        }
        return Double.isInfinite(range.min())
                ? "at most " + shown(range.max())
                : "between %s and %s".formatted(shown(range.min()), shown(range.max()));
    }

    private static String shown(double number) {
        return number == Math.rint(number) && Math.abs(number) < LARGEST_WHOLE
                ? Long.toString((long) number)
                : Double.toString(number);
    }
}
