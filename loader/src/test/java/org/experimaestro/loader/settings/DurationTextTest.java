package org.experimaestro.loader.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {
    @ParameterizedTest
    @CsvSource({
        "PT5M, PT5M",
        "pt1.5s, PT1.5S",
        "P2DT3H, PT51H",
        "-PT5M, PT-5M",
        "5 min, PT5M",
        "5min, PT5M",
        "2 days, PT48H",
        "1 day, PT24H",
        "90 s, PT1M30S",
        "1 h 30 min, PT1H30M",
        "1h30min, PT1H30M",
        "  1 HOUR  ,PT1H",
        "1.5 hours, PT1H30M",
        "250 ms, PT0.25S",
        "0.5 ms, PT0.0005S",
        "2 weeks, PT336H",
        "0 s, PT0S"
    })
    void parse_durations_areRead(String text, Duration expected) {
        assertThat(DurationText.parse(text)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "5",
                "min",
                "5 m",
                "5 months",
                "-5 min",
                "5 min x",
                "1 h, 30 min",
                "P",
                "PT",
                "1e3 s",
                "5 ss",
                "0.0000000001 s",
                "99999999999999999999 days",
                "5 min 3",
                ". s"
            })
    void parse_otherTexts_areNone(String text) {
        assertThat(DurationText.parse(text)).isEmpty();
    }
}
