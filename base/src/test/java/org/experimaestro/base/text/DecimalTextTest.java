package org.experimaestro.base.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecimalTextTest {
    @Test
    void of_anyNumber_isItsShortestText() {
        assertThat(DecimalText.of(0.9f)).isEqualTo("0.9");
        assertThat(DecimalText.of(0.9)).isEqualTo("0.9");
        assertThat(DecimalText.of((double) 0.9f)).isEqualTo("0.8999999761581421");
        assertThat(DecimalText.of(1e10f)).isEqualTo("1e10");
        assertThat(DecimalText.of(1e-4)).isEqualTo("1e-4");
        assertThat(DecimalText.of(-1.5e300)).isEqualTo("-1.5e300");
        assertThat(DecimalText.of(5.0)).isEqualTo("5.0");
        assertThat(DecimalText.of(-0.0f)).isEqualTo("-0.0");
        assertThat(DecimalText.of(Float.NaN)).isEqualTo("NaN");
        assertThat(DecimalText.of(Double.NEGATIVE_INFINITY)).isEqualTo("-Infinity");
        assertThat(DecimalText.of((byte) -5)).isEqualTo("-5");
        assertThat(DecimalText.of(Long.MIN_VALUE)).isEqualTo("-9223372036854775808");
        assertThat(DecimalText.of(BigInteger.TEN.pow(20))).isEqualTo("100000000000000000000");
        assertThat(DecimalText.of(new BigDecimal("1E+3"))).isEqualTo("1E+3");
    }

    @Test
    void ofMetric_wholeNumber_hasNoDecimalPoint() {
        assertThat(DecimalText.ofMetric(7028128)).isEqualTo("7028128");
        assertThat(DecimalText.ofMetric(1e9)).isEqualTo("1000000000");
        assertThat(DecimalText.ofMetric(-3)).isEqualTo("-3");
        assertThat(DecimalText.ofMetric(0)).isEqualTo("0");
        assertThat(DecimalText.ofMetric(-0.0)).isEqualTo("-0");
        assertThat(DecimalText.ofMetric(9007199254740992.0)).isEqualTo("9007199254740992");
        assertThat(DecimalText.ofMetric(1e17)).isEqualTo("100000000000000000");
    }

    @Test
    void ofMetric_anyOther_isItsShortestText() {
        assertThat(DecimalText.ofMetric(0.25)).isEqualTo("0.25");
        assertThat(DecimalText.ofMetric(1e18)).isEqualTo("1e18");
        assertThat(DecimalText.ofMetric(1e300)).isEqualTo("1e300");
        assertThat(DecimalText.ofMetric(Double.NaN)).isEqualTo("NaN");
        assertThat(DecimalText.ofMetric(Double.POSITIVE_INFINITY)).isEqualTo("Infinity");
    }

    @ParameterizedTest
    @CsvSource({
        "0.4165625888680440, 0.416563",
        "7028128.25, 7028128",
        "702812.825, 702813",
        "7028128, 7028128",
        "0.1, 0.1",
        "1.23456789e-9, 1.23457e-9",
        "-0.0, -0",
        "0.99999999, 1",
        "NaN, NaN",
        "-Infinity, -Infinity"
    })
    void rounded_numbers_haveSixDigits(double value, String text) {
        assertThat(DecimalText.rounded(value)).isEqualTo(text);
    }
}
