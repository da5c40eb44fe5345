package org.experimaestro.search;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;

/**
 * The values on an axis, each at a position from 0 to 1. Numbers are decimal, and rounded after functions of {@link
 * StrictMath}, so that each machine gives the same values and identifiers.
 */
sealed interface Scale {
    /** Returns the value at a position, at least 0 and less than 1. */
    Object value(double position);

    /** Returns the position of the value that a position has: the same for all positions of one value. */
    double snapped(double position);

    /** Returns the number of values; 0 if there are too many to count. */
    long count();

    /** Returns the position of a value, as {@link #snapped} does, by its index from 0 among {@link #count} values. */
    default double position(long index) {
        return (index + 0.5) / count();
    }

    /** Returns the index of the value at a position, among {@link #count} values. */
    default int index(double position) {
        return (int) Math.min(count() - 1, (long) (position * count()));
    }

    /** Values without an order among them. */
    record Choices(List<Object> values) implements Scale {
        @Override
        public Object value(double position) {
            return values.get(index(position));
        }

        @Override
        public double snapped(double position) {
            return position(index(position));
        }

        @Override
        public long count() {
            return values.size();
        }
    }

    /** Numbers in equal steps. */
    record Steps(BigDecimal from, BigDecimal step, long count, NumberType type) implements Scale {
        @Override
        public Object value(double position) {
            return type.of(from.add(step.multiply(BigDecimal.valueOf(at(position)))));
        }

        @Override
        public double snapped(double position) {
            return position(at(position));
        }

        private long at(double position) {
            return Math.min(count - 1, (long) (position * count));
        }
    }

    /** The numbers of an interval, rounded to a power of ten such that there are 1,000 to 10,000 of them. */
    record Interval(BigDecimal from, BigDecimal to, NumberType type) implements Scale {
        private static final int DIGITS = 3;

        @Override
        public Object value(double position) {
            return type.of(decimal(position));
        }

        private BigDecimal decimal(double position) {
            BigDecimal width = to.subtract(from);
            int exponent = width.precision() - width.scale() - 1;
            BigDecimal exact = from.add(width.multiply(new BigDecimal(position)));
            return exact.setScale(DIGITS - exponent, RoundingMode.HALF_EVEN)
                    .max(from)
                    .min(to);
        }

        @Override
        public double snapped(double position) {
            BigDecimal width = to.subtract(from);
            return decimal(position)
                    .subtract(from)
                    .divide(width, MathContext.DECIMAL64)
                    .doubleValue();
        }

        @Override
        public long count() {
            return 0;
        }
    }

    /** The numbers of an interval on a logarithmic scale, rounded to four significant digits, or to whole numbers. */
    record Logarithmic(BigDecimal from, BigDecimal to, NumberType type) implements Scale {
        private static final MathContext DIGITS = new MathContext(4, RoundingMode.HALF_EVEN);
        private static final BigDecimal HALF = new BigDecimal("0.5");

        @Override
        public Object value(double position) {
            return type.of(decimal(position));
        }

        /** Whole numbers share the interval such that each end has as much of it as its neighbours have. */
        private BigDecimal start() {
            return type.isWhole() ? from.subtract(HALF) : from;
        }

        private BigDecimal end() {
            return type.isWhole() ? to.add(HALF) : to;
        }

        /** Returns the logarithm of a number above the start, exact also for large numbers in a narrow interval. */
        private double log(BigDecimal number) {
            return StrictMath.log1p(number.subtract(start())
                    .divide(start(), MathContext.DECIMAL64)
                    .doubleValue());
        }

        private BigDecimal decimal(double position) {
            double growth = StrictMath.expm1(log(end()) * position);
            BigDecimal exact = start().add(start().multiply(new BigDecimal(growth)));
            BigDecimal rounded = type.isWhole() ? exact.setScale(0, RoundingMode.HALF_EVEN) : exact.round(DIGITS);
            return rounded.max(from).min(to);
        }

        @Override
        public double snapped(double position) {
            return position(decimal(position));
        }

        @Override
        public double position(long index) {
            return position(from.add(BigDecimal.valueOf(index)));
        }

        private double position(BigDecimal number) {
            return Math.min(1, Math.max(0, log(number) / log(end())));
        }

        @Override
        public long count() {
            return type.isWhole() ? to.subtract(from).longValueExact() + 1 : 0;
        }
    }
}
