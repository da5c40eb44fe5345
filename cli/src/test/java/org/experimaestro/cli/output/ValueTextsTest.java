package org.experimaestro.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValueTextsTest {
    @Test
    void of_lessThanTenSeconds_hasTheDigitsOfFormat() {
        for (int millis = 0; millis < 10_000; millis++) {
            assertThat(ValueTexts.of(Duration.ofMillis(millis)))
                    .isEqualTo(String.format(Locale.ROOT, "%.1f s", millis / 1000.0));
        }
    }

    @Test
    void of_nanosecondsAroundHalves_areRoundedToTheNearest() {
        for (int tenth = 0; tenth < 99; tenth++) {
            long half = tenth * 100_000_000L + 50_000_000;

            assertThat(ValueTexts.of(Duration.ofNanos(half - 1)))
                    .isEqualTo(String.format(Locale.ROOT, "%d.%d s", tenth / 10, tenth % 10));
            assertThat(ValueTexts.of(Duration.ofNanos(half)))
                    .isEqualTo(String.format(Locale.ROOT, "%d.%d s", (tenth + 1) / 10, (tenth + 1) % 10));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "PT9.949999999S, 9.9 s",
        "PT9.95S, 10.0 s",
        "PT10S, 10 s",
        "PT59.95S, 59 s",
        "PT60S, 1 min 0 s",
        "PT59M59.95S, 59 min 59 s",
        "PT1H, 1 h 0 min",
        "PT23H59M59S, 23 h 59 min",
        "P1D, 1 d 0 h",
        "PT-0.05S, 0.0 s",
        "PT-9223372036854775808S, 0.0 s",
        "PT9223372036854775807S, 106751991167300 d 15 h",
    })
    void of_borders_haveTheirUnits(Duration duration, String text) {
        assertThat(ValueTexts.of(duration)).isEqualTo(text);
    }
}
