package org.experimaestro.model.type;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.stream.Stream;
import org.experimaestro.generated.ValueType.Kind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class NumbersTest {

    static Stream<Arguments> exactPairs() {
        return Stream.of(
                pair(3L, Kind.INT, 3),
                pair(3.0, Kind.INT, 3),
                pair(127, Kind.BYTE, (byte) 127),
                pair(-32768L, Kind.SHORT, (short) -32768),
                pair((byte) 1, Kind.LONG, 1L),
                pair(BigInteger.valueOf(Long.MAX_VALUE), Kind.LONG, Long.MAX_VALUE),
                pair(new BigDecimal("1e3"), Kind.INT, 1000),
                pair(3, Kind.DOUBLE, 3.0),
                pair(1L << 53, Kind.DOUBLE, 9007199254740992.0),
                pair(0.5f, Kind.DOUBLE, 0.5),
                pair(Float.NaN, Kind.DOUBLE, Double.NaN),
                pair(new BigDecimal("0.5"), Kind.DOUBLE, 0.5),
                pair(0.5, Kind.FLOAT, 0.5f),
                pair(Double.NaN, Kind.FLOAT, Float.NaN),
                pair(Double.POSITIVE_INFINITY, Kind.FLOAT, Float.POSITIVE_INFINITY),
                pair(1 << 24, Kind.FLOAT, 16777216f));
    }

    @ParameterizedTest
    @MethodSource("exactPairs")
    void exact_numberThatFits_isTheSameNumber(Number number, Kind kind, Number expected) {
        assertThat(Numbers.exact(number, kind)).isEqualTo(expected);
    }

    static Stream<Arguments> inexactPairs() {
        return Stream.of(
                Arguments.of(128, Kind.BYTE),
                Arguments.of(32768, Kind.SHORT),
                Arguments.of(1L << 31, Kind.INT),
                Arguments.of(0.5, Kind.INT),
                Arguments.of(Double.NaN, Kind.LONG),
                Arguments.of(Double.POSITIVE_INFINITY, Kind.LONG),
                Arguments.of(0x1p63, Kind.LONG),
                Arguments.of(BigInteger.ONE.shiftLeft(63), Kind.LONG),
                Arguments.of((1L << 53) + 1, Kind.DOUBLE),
                Arguments.of(Long.MAX_VALUE, Kind.DOUBLE),
                Arguments.of(new BigDecimal("0.1"), Kind.DOUBLE),
                Arguments.of(new BigDecimal("1e400"), Kind.DOUBLE),
                Arguments.of(BigInteger.TEN.pow(400), Kind.FLOAT),
                Arguments.of(0.1, Kind.FLOAT),
                Arguments.of(1e300, Kind.FLOAT),
                Arguments.of((1 << 24) + 1, Kind.FLOAT),
                Arguments.of(1, Kind.STRING));
    }

    @ParameterizedTest
    @MethodSource("inexactPairs")
    void exact_numberThatDoesNotFit_isNothing(Number number, Kind kind) {
        assertThat(Numbers.exact(number, kind)).isNull();
    }

    private static Arguments pair(Number number, Kind kind, Number expected) {
        return Arguments.of(number, kind, expected);
    }
}
