package org.experimaestro.internal.type;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks values against {@code @Range} and {@code @OneOf}; in a collection each element, in a map each value. */
public final class ValueCheck {
    private ValueCheck() {}

    /**
     * What is wrong with a value.
     *
     * @param parameter the parameter
     * @param bound the bound value
     * @return a phrase with parameter, value and what is allowed; empty if all is well
     */
    public static Optional<String> problem(Parameter parameter, @Nullable Object bound) {
        boolean limited = parameter.choices().length > 0
                || parameter.min() != Double.NEGATIVE_INFINITY
                || parameter.max() != Double.POSITIVE_INFINITY;
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
        if (bound instanceof Number number) {
            double value = number.doubleValue();
            if (!(value >= parameter.min() && value <= parameter.max())) {
                return parameter.name() + " is " + bound + ", not " + range(parameter);
            }
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

    private static boolean isSameNumber(String choice, Object bound) {
        if (!(bound instanceof Number number)) {
            return false;
        }
        try {
            return Double.compare(Double.parseDouble(choice), number.doubleValue()) == 0;
        } catch (NumberFormatException notANumber) {
            return false;
        }
    }

    private static String range(Parameter parameter) {
        if (parameter.min() == Double.NEGATIVE_INFINITY) {
            return "at most " + number(parameter.max());
        }
        if (parameter.max() == Double.POSITIVE_INFINITY) {
            return "at least " + number(parameter.min());
        }
        return "between " + number(parameter.min()) + " and " + number(parameter.max());
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
