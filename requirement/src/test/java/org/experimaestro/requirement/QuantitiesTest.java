package org.experimaestro.requirement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantitiesTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0B",
        "1, 1B",
        "1000, 1K",
        "1024, 1KiB",
        "1001, 1001B",
        "1500000000, 1500M",
        "16000000000, 16G",
        "17179869184, 16GiB",
        "1024000, 1000KiB",
        "1000000000000, 1T",
        "9223372036854775807, 9223372036854775807B"
    })
    void sizeText_bytes_isTheShortestWholeNumber(long bytes, String text) {
        assertThat(Quantities.sizeText(bytes)).isEqualTo(text);
        assertThat(Quantities.bytes(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, 0 s",
        "PT24H, 1 day",
        "PT48H, 2 days",
        "PT1H30M, 1 h 30 min",
        "PT90S, 1 min 30 s",
        "PT10S, 10 s",
        "PT0.5S, 0.5 s",
        "PT49H1M1.000000001S, 2 days 1 h 1 min 1.000000001 s"
    })
    void durationText_duration_isItsParts(Duration duration, String text) {
        assertThat(Quantities.durationText(duration)).isEqualTo(text);
        assertThat(Quantities.duration(text)).isEqualTo(duration);
    }

    @Test
    void texts_ofRandomQuantities_areReadBack() {
        var random = new Random(34);
        for (int i = 0; i < 10_000; i++) {
            long number = random.nextLong() >>> 1 + random.nextInt(63);
            var duration = Duration.ofNanos(number);

            assertThat(Quantities.bytes(Quantities.sizeText(number))).isEqualTo(number);
            assertThat(Quantities.duration(Quantities.durationText(duration))).isEqualTo(duration);
        }
    }

    @Test
    void texts_ofNegativeQuantities_areRefused() {
        assertThatThrownBy(() -> Quantities.sizeText(-1)).hasMessage("A size cannot be negative: -1 bytes");
        assertThatThrownBy(() -> Quantities.durationText(Duration.ofSeconds(-1)))
                .hasMessage("A duration cannot be negative: PT-1S");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            16     | "16" is not a size: found 16 without a unit, expected one of K, M, G, T (powers of 1000), KiB, MiB, GiB, TiB (powers of 1024) or B; write 16G or 16GiB
            16g    | "16g" is not a size: found the unit "g", expected K, M, G, T (powers of 1000), KiB, MiB, GiB, TiB (powers of 1024) or B; did you mean "G"?
            16G 2M | "16G 2M" is not a size: found "2M", expected the end
            ''     | "" is not a size: found the end, expected a size such as 16G
            """)
    void bytes_otherTexts_areRefused(String text, String message) {
        assertThatThrownBy(() -> Quantities.bytes(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2       | "2" is not a duration: found 2 without a unit, expected one of s, min, h, d (days) or w (weeks); write 2 h or 2 min
            2 month | "2 month" is not a duration: found the unit "month", expected s, min, h, d (days) or w (weeks)
            2 h, x  | "2 h, x" is not a duration: found ",", expected the end
            """)
    void duration_otherTexts_areRefused(String text, String message) {
        assertThatThrownBy(() -> Quantities.duration(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
