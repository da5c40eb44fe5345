package org.experimaestro.model.type;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.base.text.DecimalText;
import org.experimaestro.generated.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * A check of values against {@code @Range} and {@code @OneOf}. In a collection it checks each element, in a map each
 * value.
 */
public final class ValueCheck {
    private ValueCheck() {}

    /**
     * Returns the fault of a value.
     *
     * @param parameter the parameter
     * @param bound the bound value
     * @return a phrase with the parameter, the value and the allowed values; empty if the value is allowed
     */
    public static Optional<String> problem(Parameter parameter, @Nullable Object bound) {
        boolean limited = parameter.choices().length > 0 || hasRange(parameter);
        return limited ? Optional.ofNullable(check(parameter, bound)) : Optional.empty();
    }

    private static @Nullable String check(Parameter parameter, @Nullable Object bound) {
        if (bound instanceof Collection<?> collection) {
            return checkAll(parameter, collection);
        }
        if (bound instanceof Map<?, ?> map) {
            return checkAll(parameter, map.values());
        }
        return bound == null ? null : checkOne(parameter, bound);
    }

    private static @Nullable String checkAll(Parameter parameter, Collection<?> elements) {
        for (Object element : elements) {
            String problem = check(parameter, element);
            if (problem != null) {
                return problem;
            }
        }
        return null;
    }

    private static @Nullable String checkOne(Parameter parameter, Object bound) {
        if (bound instanceof Number number && hasRange(parameter) && !isInRange(parameter, number)) {
            return parameter.name() + " is " + DecimalText.of(number) + ", not " + range(parameter);
        }
        String text = bound instanceof Enum<?> constant ? constant.name() : bound.toString();
        for (String choice : parameter.choices()) {
            if (choice.equals(text) || isSameNumber(choice, bound)) {
                return null;
            }
        }
        return parameter.choices().length == 0
                ? null
                : parameter.name() + " is " + text + ", not one of " + String.join(", ", parameter.choices());
    }

    private static boolean hasRange(Parameter parameter) {
        return parameter.min() != Double.NEGATIVE_INFINITY || parameter.max() != Double.POSITIVE_INFINITY;
    }

    /**
     * Compares as floats if the parameter is a float: 0.1f, which is a little more than 0.1, is not above a limit of
     * 0.1.
     */
    private static boolean isInRange(Parameter parameter, Number number) {
        double value = number.doubleValue();
        boolean narrow = number instanceof Float;
        double least = narrow ? (float) parameter.min() : parameter.min();
        double greatest = narrow ? (float) parameter.max() : parameter.max();
        return value >= least && value <= greatest;
    }

    private static boolean isSameNumber(String choice, Object bound) {
        try {
            if (bound instanceof Double number) {
                return number.equals(Double.parseDouble(choice) + 0.0);
            }
            if (bound instanceof Float number) {
                return number.equals(Float.parseFloat(choice) + 0.0f);
            }
            return bound instanceof Number number
                    && new BigDecimal(choice).compareTo(BigDecimal.valueOf(number.longValue())) == 0;
        } catch (NumberFormatException notANumber) {
            return false;
        }
    }

    private static String range(Parameter parameter) {
        if (parameter.min() == Double.NEGATIVE_INFINITY) {
            return "at most " + DecimalText.ofMetric(parameter.max());
        }
        if (parameter.max() == Double.POSITIVE_INFINITY) {
            return "at least " + DecimalText.ofMetric(parameter.min());
        }
        return "between " + DecimalText.ofMetric(parameter.min()) + " and " + DecimalText.ofMetric(parameter.max());
    }
}
