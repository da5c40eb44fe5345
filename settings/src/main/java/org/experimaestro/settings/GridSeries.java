package org.experimaestro.settings;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.experimaestro.Default;
import org.experimaestro.RandomStream;
import org.experimaestro.Range;

/**
 * A series of numbers in the place of a value of a grid. Numbers are decimal and exact, so that steps of 0.1 give 0.3,
 * or are rounded to six significant digits, so that each machine gives the same ones.
 */
sealed interface GridSeries {
    MathContext SIX_DIGITS = new MathContext(6, RoundingMode.HALF_EVEN);

    /** Returns the number of values. */
    BigInteger count();

    /**
     * Makes the values.
     *
     * @param key the key of the component that has the values
     */
    List<BigDecimal> values(String key);

    /** A number as it is written, for example {@code 1e-4} or {@code 0x10}. */
    @WrittenAs(one = "a number", many = "numbers")
    record ExactNumber(BigDecimal value) {
        private static final int MOST_DIGITS = 40;
        private static final int MOST_EXPONENT = 250;

        static ExactNumber parse(String text) {
            BigDecimal number;
            try {
                number = text.startsWith("0x") || text.startsWith("0o")
                        ? new BigDecimal(ScalarReader.integer(text))
                        : new BigDecimal(text);
            } catch (NumberFormatException other) {
                throw new IllegalArgumentException("write a finite number, such as 0.1 or 1e-4", other);
            }
            if (number.precision() > MOST_DIGITS || Math.abs((long) number.scale()) > MOST_EXPONENT) {
                throw new IllegalArgumentException(
                        "write at most " + MOST_DIGITS + " digits, and an exponent of at most " + MOST_EXPONENT);
            }
            return new ExactNumber(number);
        }

        @Override
        public String toString() {
            return value.toString();
        }
    }

    /** {@code range: [from, to, step]}: numbers in equal steps, up to and including {@code to}. */
    @DisplayName("a range")
    record Steps(List<ExactNumber> range) implements GridSeries {
        public Steps {
            if (range.size() != 2 && range.size() != 3) {
                throw new IllegalArgumentException("range is [from, to] or [from, to, step]");
            }
            if (step(range).signum() == 0) {
                throw new IllegalArgumentException("the step of the range is 0");
            }
            if (to(range).subtract(from(range)).signum() * step(range).signum() < 0) {
                throw new IllegalArgumentException("the range leads away from its end in steps of " + step(range));
            }
        }

        private static BigDecimal from(List<ExactNumber> range) {
            return range.get(0).value();
        }

        private static BigDecimal to(List<ExactNumber> range) {
            return range.get(1).value();
        }

        private static BigDecimal step(List<ExactNumber> range) {
            return range.size() == 3 ? range.get(2).value() : BigDecimal.ONE;
        }

        @Override
        public BigInteger count() {
            return to(range)
                    .subtract(from(range))
                    .divideToIntegralValue(step(range))
                    .toBigInteger()
                    .add(BigInteger.ONE);
        }

        @Override
        public List<BigDecimal> values(String key) {
            List<BigDecimal> values = new ArrayList<>();
            BigDecimal value = from(range);
            for (long left = count().longValueExact(); left > 0; left--) {
                values.add(value);
                value = value.add(step(range));
            }
            return values;
        }
    }

    /** {@code geometric: [from, to, n]}: numbers of which each is the same multiple of the one before. */
    @DisplayName("a geometric range")
    record Multiples(List<ExactNumber> geometric) implements GridSeries {
        public Multiples {
            if (geometric.size() != 3) {
                throw new IllegalArgumentException("geometric is [from, to, count]");
            }
            if (geometric.get(0).value().signum() <= 0
                    || geometric.get(1).value().signum() <= 0) {
                throw new IllegalArgumentException("both ends of a geometric range must be greater than 0");
            }
            BigDecimal count = geometric.get(2).value();
            if (count.compareTo(BigDecimal.TWO) < 0
                    || count.stripTrailingZeros().scale() > 0) {
                throw new IllegalArgumentException("the count of a geometric range must be a whole number from 2");
            }
        }

        @Override
        public BigInteger count() {
            return geometric.get(2).value().toBigInteger();
        }

        @Override
        public List<BigDecimal> values(String key) {
            BigDecimal from = geometric.get(0).value();
            BigDecimal to = geometric.get(1).value();
            int last = count().intValueExact() - 1;
            List<BigDecimal> values = new ArrayList<>(List.of(from));
            for (int i = 1; i < last; i++) {
                values.add(between(from, to, (double) i / last));
            }
            values.add(to);
            return values;
        }
    }

    /** The distribution of a sample. */
    enum Scale {
        LINEAR,
        LOG
    }

    /** {@code sample: {n: 3, from: [1, 1000], seed: 7}}: random numbers, the same for the same seed and key. */
    @DisplayName("a sample")
    record Sample(
            @Range(min = 1, max = 1_000_000) int n,
            List<ExactNumber> from,
            long seed,
            @Default("linear") Scale scale) implements GridSeries {
        private static final BigDecimal MOST = BigDecimal.valueOf(1_000_000_000_000_000L);

        public Sample {
            if (from.size() != 2 || low(from).compareTo(high(from)) >= 0) {
                throw new IllegalArgumentException("from is [least, greatest]");
            }
            if (low(from).abs().max(high(from).abs()).compareTo(MOST) > 0) {
                throw new IllegalArgumentException("the numbers of from must not be beyond 1e15");
            }
            if (scale == Scale.LOG && low(from).signum() <= 0) {
                throw new IllegalArgumentException("with scale: log, both numbers of from must be greater than 0");
            }
            if (isWhole(from) && BigDecimal.valueOf(n).compareTo(wholeNumbers(from)) > 0) {
                throw new IllegalArgumentException("n is greater than the number of whole numbers in from, "
                        + wholeNumbers(from).toPlainString());
            }
        }

        private static BigDecimal low(List<ExactNumber> from) {
            return from.get(0).value();
        }

        private static BigDecimal high(List<ExactNumber> from) {
            return from.get(1).value();
        }

        /** Returns whether both ends are written as whole numbers: 0.0 and 1.0 are the ends of an interval. */
        private static boolean isWhole(List<ExactNumber> from) {
            return from.stream().allMatch(end -> end.value().scale() <= 0);
        }

        private static BigDecimal wholeNumbers(List<ExactNumber> from) {
            return high(from).subtract(low(from)).add(BigDecimal.ONE);
        }

        @Override
        public BigInteger count() {
            return BigInteger.valueOf(n);
        }

        /** Draws one value after the other, so that a larger sample begins with a smaller one. */
        @Override
        public List<BigDecimal> values(String key) {
            RandomStream random = RandomStream.of(seed, "sample " + key);
            if (isWhole(from) && scale == Scale.LINEAR) {
                Set<BigDecimal> different = new LinkedHashSet<>();
                while (different.size() < n) {
                    different.add(BigDecimal.valueOf(random.nextLong(
                            low(from).longValueExact(), high(from).longValueExact() + 1)));
                }
                return List.copyOf(different);
            }
            List<BigDecimal> values = new ArrayList<>();
            for (int i = 0; i < n; i++) {
                values.add(drawn(random.nextDouble()));
            }
            return values;
        }

        private BigDecimal drawn(double fraction) {
            BigDecimal value = scale == Scale.LOG
                    ? between(low(from), high(from), fraction)
                    : low(from)
                            .add(high(from).subtract(low(from)).multiply(new BigDecimal(fraction)))
                            .round(SIX_DIGITS);
            BigDecimal inside = value.max(low(from)).min(high(from));
            return isWhole(from) ? inside.setScale(0, RoundingMode.HALF_EVEN) : inside;
        }
    }

    /** Returns the number at a fraction of the way from one number to another, on a logarithmic scale. */
    private static BigDecimal between(BigDecimal from, BigDecimal to, double fraction) {
        double start = StrictMath.log(from.doubleValue());
        double end = StrictMath.log(to.doubleValue());
        return new BigDecimal(StrictMath.exp(start + (end - start) * fraction)).round(SIX_DIGITS);
    }
}
