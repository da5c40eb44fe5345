package org.experimaestro.core.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimeTextTest {
    private static final DateTimeFormatter JAVA =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final long DAY = 86_400_000;

    @Test
    void of_everyDayUntil9999_isWhatJavaWrites() {
        for (long day = 0; day <= TimeText.LAST_MILLIS / DAY; day++) {
            long millis = day * DAY + day % DAY;
            String text = TimeText.of(millis);
            assertThat(text).isEqualTo(JAVA.format(Instant.ofEpochMilli(millis)));
            assertThat(TimeText.millis(text)).isEqualTo(millis);
        }
    }

    @Test
    void of_anyTimes_isWhatJavaWritesAndSortsAsTheTimes() {
        Random random = new Random(1);
        for (int i = 0; i < 100_000; i++) {
            long one = random.nextLong(TimeText.LAST_MILLIS + 1);
            long other = random.nextLong(TimeText.LAST_MILLIS + 1);
            String text = TimeText.of(one);
            assertThat(text).isEqualTo(JAVA.format(Instant.ofEpochMilli(one)));
            assertThat(TimeText.millis(text)).isEqualTo(one);
            assertThat(Integer.signum(text.compareTo(TimeText.of(other)))).isEqualTo(Long.compare(one, other));
        }
    }

    @Test
    void of_theFirstAndTheLast_areRead() {
        assertThat(TimeText.of(0)).isEqualTo("1970-01-01T00:00:00.000Z");
        assertThat(TimeText.of(TimeText.LAST_MILLIS)).isEqualTo("9999-12-31T23:59:59.999Z");
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, TimeText.LAST_MILLIS + 1, Long.MIN_VALUE, Long.MAX_VALUE})
    void of_timeWithoutText_isRefused(long millis) {
        assertThatThrownBy(() -> TimeText.of(millis))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("from 1970 to 9999");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-11-23",
                "2026-11-23T21:56:17Z",
                "2026-11-23T21:56:17.339",
                "2026-11-23T21:56:17.339919683Z",
                "2026-11-23T21:56:17.339+0",
                "2026-11-23 21:56:17.339Z",
                "2026-11-23t21:56:17.339z",
                "2026-02-29T21:56:17.339Z",
                "2026-00-23T21:56:17.339Z",
                "2026-13-23T21:56:17.339Z",
                "2026-11-00T21:56:17.339Z",
                "2026-11-31T21:56:17.339Z",
                "2026-11-23T24:00:00.000Z",
                "2026-11-23T21:60:17.339Z",
                "2026-11-23T21:56:60.339Z",
                "1969-12-31T23:59:59.999Z",
                "0000-01-01T00:00:00.000Z",
                "-026-11-23T21:56:17.339Z",
                "2026-11-23T21:56:17.٣٣٩Z",
                "1795470977794"
            })
    void millis_otherText_isNone(String text) {
        assertThat(TimeText.millis(text)).isNull();
    }
}
