package org.experimaestro.settings;

import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A condition that the points of a grid must meet. Immutable. */
sealed interface GridCondition {

    /** Returns whether a point meets the condition. */
    boolean holds(Record point);

    /** All conditions must be met. */
    record All(List<GridCondition> parts) implements GridCondition {
        @Override
        public boolean holds(Record point) {
            return parts.stream().allMatch(part -> part.holds(point));
        }
    }

    /** One condition must be met. */
    record Any(List<GridCondition> parts) implements GridCondition {
        @Override
        public boolean holds(Record point) {
            return parts.stream().anyMatch(part -> part.holds(point));
        }
    }

    /** The condition must not be met. */
    record Not(GridCondition part) implements GridCondition {
        @Override
        public boolean holds(Record point) {
            return !part.holds(point);
        }
    }

    /** Two values must compare in this way. A value that is absent, or no number, is only unequal to others. */
    record Compared(Side left, Operator operator, Side right) implements GridCondition {
        @Override
        public boolean holds(Record point) {
            Object first = left.value(point);
            Object second = right.value(point);
            if (first == null || second == null || isNaN(first) || isNaN(second)) {
                return operator == Operator.NOT_EQUAL;
            }
            if (first instanceof Number one && second instanceof Number other) {
                return operator.holds(compare(one, other));
            }
            return operator.holds(first.equals(second) ? 0 : 1);
        }

        private static boolean isNaN(Object value) {
            return value instanceof Number number && Double.isNaN(number.doubleValue());
        }

        private static int compare(Number one, Number other) {
            boolean isFinite = Double.isFinite(one.doubleValue()) && Double.isFinite(other.doubleValue());
            return isFinite
                    ? new BigDecimal(one.toString()).compareTo(new BigDecimal(other.toString()))
                    : Double.compare(one.doubleValue(), other.doubleValue());
        }
    }

    /** A way in which values compare. */
    enum Operator {
        EQUAL("="),
        NOT_EQUAL("!="),
        LESS("<"),
        AT_MOST("<="),
        GREATER(">"),
        AT_LEAST(">=");

        private final String sign;

        Operator(String sign) {
            this.sign = sign;
        }

        /** Returns the operator with a sign; empty if there is none. */
        static Optional<Operator> of(String sign) {
            for (Operator operator : values()) {
                if (operator.sign.equals(sign)) {
                    return Optional.of(operator);
                }
            }
            return Optional.empty();
        }

        /** Returns whether it is for values with an order. */
        boolean isOrder() {
            return this != EQUAL && this != NOT_EQUAL;
        }

        private boolean holds(int comparison) {
            return switch (this) {
                case EQUAL -> comparison == 0;
                case NOT_EQUAL -> comparison != 0;
                case LESS -> comparison < 0;
                case AT_MOST -> comparison <= 0;
                case GREATER -> comparison > 0;
                case AT_LEAST -> comparison >= 0;
            };
        }
    }

    /** A value that is compared. */
    sealed interface Side {
        /** Returns a number, a truth value or a text; {@code null} if the point has none. */
        @Nullable
        Object value(Record point);
    }

    /** A value of the condition itself. */
    record Constant(Object constant) implements Side {
        @Override
        public Object value(Record point) {
            return constant;
        }
    }

    /** A component of the point, or of a record inside it. */
    record Chosen(List<Method> accessors) implements Side {
        @Override
        public @Nullable Object value(Record point) {
            Object value = point;
            for (Method accessor : accessors) {
                try {
                    value = Objects.requireNonNull(accessor.invoke(value));
                } catch (ReflectiveOperationException thrown) {
                    throw new IllegalStateException("Cannot read " + accessor.getName() + " of " + value, thrown);
                }
                if (value instanceof Optional<?> optional) {
                    if (optional.isEmpty()) {
                        return null;
                    }
                    value = optional.get();
                }
            }
            return value instanceof Enum<?> constant
                    ? constant.name()
                    : value instanceof Character letter ? letter.toString() : value;
        }
    }
}
