package org.experimaestro.core.defaults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationTextTest {

    @ParameterizedTest
    @CsvSource({
        "PT5M, PT5M",
        "-PT5M, PT-5M",
        "P2D, PT48H",
        "5 min, PT5M",
        "5min, PT5M",
        "2 days, PT48H",
        "1 h 30 min, PT1H30M",
        "1h30min, PT1H30M",
        "  1 HOUR  ,PT1H",
        "2 Weeks, PT336H",
        "pt1.5s, PT1.5S",
        "P2DT3H, PT51H",
        "0.5 ms, PT0.0005S",
        "90 s, PT1M30S",
        "500 ms, PT0.5S",
        "1.5 h, PT1H30M",
        "3 us, PT0.000003S",
        "1 w 2 d 3 ns, PT216H0.000000003S",
        "0 s, PT0S"
    })
    void parse_wellFormed_isExact(String text, String expected) {
        assertThat(DurationText.parse(text)).isEqualTo(Duration.parse(expected));
    }

    @ParameterizedTest
    @CsvSource({
        "5, write a duration such as PT5M",
        "'', write a duration such as",
        "5 m, there is no unit m: write min for minutes",
        "5 M, there is no unit M: write min for minutes",
        "5 months, there is no unit months: the units are",
        "1e3 s, there is no unit e: the units are",
        "P, write a duration such as",
        "5 min 3, write a duration such as",
        ". s, write a duration such as",
        "5 ss, there is no unit ss",
        "min, write a duration such as",
        "5 parsecs, there is no unit parsecs: the units are",
        "30 min 1 h, write the larger unit first",
        "1 s 1 s, each once",
        "-5 min, write a duration such as",
        "PT5X, write a duration such as",
        "0.5 ns, parts of a nanosecond",
        "9999999999999999 days, more seconds than 64 bits hold",
        "5 min!, write a duration such as"
    })
    void parse_malformed_saysWhatWasExpected(String text, String expected) {
        assertThatThrownBy(() -> DurationText.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("\"" + text + "\" is not a duration; ")
                .hasMessageContaining(expected);
    }
}
