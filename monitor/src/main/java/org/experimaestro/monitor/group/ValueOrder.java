package org.experimaestro.monitor.group;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import org.experimaestro.base.text.TagValue;
import org.jspecify.annotations.Nullable;

/** The order of values of rows: numbers as numbers, and before texts; times and durations by their length. */
public final class ValueOrder {
    private ValueOrder() {}

    /**
     * Returns the order in one direction.
     *
     * @param isDescending whether the largest values come first
     * @return a comparator for which {@code null} comes last in both directions
     */
    public static Comparator<@Nullable Object> of(boolean isDescending) {
        return (one, other) -> {
            if (one == null || other == null) {
                return Boolean.compare(one == null, other == null);
            }
            return isDescending ? compare(other, one) : compare(one, other);
        };
    }

    private static int compare(Object one, Object other) {
        if (one instanceof Number left && other instanceof Number right) {
            return compare(left, right);
        }
        if (one instanceof Duration left && other instanceof Duration right) {
            return left.compareTo(right);
        }
        if (one instanceof Instant left && other instanceof Instant right) {
            return left.compareTo(right);
        }
        int order = Boolean.compare(other instanceof Number, one instanceof Number);
        return order != 0 ? order : TagValue.show(one).compareTo(TagValue.show(other));
    }

    private static int compare(Number one, Number other) {
        if (isWhole(one) && isWhole(other)) {
            return Long.compare(one.longValue(), other.longValue());
        }
        double left = one.doubleValue();
        double right = other.doubleValue();
        return Double.isFinite(left) && Double.isFinite(right)
                ? new BigDecimal(one.toString()).compareTo(new BigDecimal(other.toString()))
                : Double.compare(left, right);
    }

    private static boolean isWhole(Number number) {
        return number instanceof Integer || number instanceof Long;
    }
}
