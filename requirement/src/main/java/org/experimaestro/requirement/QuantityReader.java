package org.experimaestro.requirement;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.experimaestro.base.text.NearName;

/** A reader of exact sizes, durations and counts: a value that would be rounded or wrapped is a problem. */
final class QuantityReader {
    private static final BigDecimal MOST_BYTES = BigDecimal.valueOf(Long.MAX_VALUE);
    private static final BigDecimal MOST_NANOS = BigDecimal.valueOf(Long.MAX_VALUE);
    private static final int NANO_DIGITS = 9;

    private QuantityReader() {}

    /** Reads a number and a unit, {@code 16G} or {@code 1.5 GiB}. */
    static long bytes(Scanner in) throws SyntaxProblem {
        int start = in.position();
        String number = in.number();
        if (number.isEmpty()) {
            throw in.expected("a size such as 16G");
        }
        int unitStart = in.position();
        String unitName = in.letters();
        if (unitName.isEmpty()) {
            throw withoutUnit(start, number, Unit.SIZE_NAMES, "write " + number + "G or " + number + "GiB");
        }
        Optional<Unit> unit = Unit.find(unitName, Unit.SIZES);
        if (unit.isEmpty()) {
            throw unknownUnit(
                    unitStart,
                    unitName,
                    Unit.inOtherCase(unitName, Unit.SIZES).map(meant -> NearName.question(List.of(meant))),
                    Unit.SIZE_NAMES);
        }
        BigDecimal bytes =
                new BigDecimal(number).multiply(BigDecimal.valueOf(unit.get().factor()));
        if (bytes.compareTo(MOST_BYTES) > 0) {
            throw new SyntaxProblem(start, "found " + in.since(start) + ", expected less than 9 million T", null);
        }
        if (bytes.stripTrailingZeros().scale() > 0) {
            throw new SyntaxProblem(start, "found " + in.since(start) + ", expected a whole number of bytes", null);
        }
        return bytes.longValueExact();
    }

    /** Reads numbers with their units, the larger unit first: {@code 2 days}, {@code 1 h 30 min}. */
    static Duration duration(Scanner in) throws SyntaxProblem {
        int start = in.position();
        BigDecimal seconds = BigDecimal.ZERO;
        Optional<Unit> before = Optional.empty();
        do {
            int partStart = in.position();
            String number = in.number();
            if (number.isEmpty()) {
                throw in.expected("a duration such as 2 days or 1 h 30 min");
            }
            Unit unit = timeUnit(in, partStart, number);
            if (before.isPresent() && unit.factor() >= before.get().factor()) {
                throw new SyntaxProblem(
                        start, "found " + in.since(start) + ", expected the larger unit first, and each once", null);
            }
            seconds = seconds.add(new BigDecimal(number).multiply(BigDecimal.valueOf(unit.factor())));
            before = Optional.of(unit);
        } while (in.isAtDigit());
        return exactly(seconds, start, in);
    }

    /** Reads a whole number from 1. */
    static int count(Scanner in, String expected) throws SyntaxProblem {
        SyntaxProblem refusal = in.expected(expected);
        String number = in.number();
        if (number.isEmpty()) {
            throw refusal;
        }
        BigDecimal count = new BigDecimal(number);
        boolean isWhole = number.indexOf('.') < 0;
        if (!isWhole || count.signum() == 0 || count.compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) > 0) {
            throw refusal;
        }
        return count.intValueExact();
    }

    private static Unit timeUnit(Scanner in, int partStart, String number) throws SyntaxProblem {
        int unitStart = in.position();
        String name = in.letters();
        if (name.isEmpty()) {
            String advice = in.isAt(',')
                    ? "write a decimal with a point, such as 1.5 h"
                    : "write " + number + " h or " + number + " min";
            throw withoutUnit(partStart, number, Unit.TIME_NAMES, advice);
        }
        Optional<Unit> unit = Unit.find(name, Unit.TIMES);
        if (unit.isEmpty()) {
            throw unknownUnit(unitStart, name, NearName.advice(name, Unit.names(Unit.TIMES)), Unit.TIME_NAMES);
        }
        return unit.get();
    }

    /**
     * Returns the duration if its nanoseconds fit into 64 bits, so that code that counts in nanoseconds need not
     * check.
     */
    private static Duration exactly(BigDecimal seconds, int start, Scanner in) throws SyntaxProblem {
        BigDecimal nanos = seconds.movePointRight(NANO_DIGITS);
        if (nanos.compareTo(MOST_NANOS) > 0) {
            throw new SyntaxProblem(start, "found " + in.since(start) + ", expected at most 292 years", null);
        }
        if (nanos.stripTrailingZeros().scale() > 0) {
            throw new SyntaxProblem(
                    start, "found " + in.since(start) + ", expected a whole number of nanoseconds", null);
        }
        return Duration.ofNanos(nanos.longValueExact());
    }

    private static SyntaxProblem withoutUnit(int start, String number, String units, String advice) {
        return new SyntaxProblem(start, "found " + number + " without a unit, expected one of " + units, advice);
    }

    private static SyntaxProblem unknownUnit(int start, String name, Optional<String> advice, String units) {
        return SyntaxProblem.unknown(start, "the unit \"" + name + '"', units, advice);
    }
}
