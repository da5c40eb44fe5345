package org.experimaestro.cli.listing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CellValueTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-01-31T12:00:00Z",
                "2026-11-29T23:59:59.999Z",
                "1999-02-03T04:05:06Z",
                "1000-01-02T00:00:00Z",
                "0999-06-01T00:00:00Z",
                "+10000-06-01T00:00:00Z",
                "-0044-03-15T00:00:00Z"
            })
    void text_time_hasTheDigitsOfAFormatter(String time) {
        Instant instant = Instant.parse(time);

        assertThat(CellValue.text(instant))
                .isEqualTo(DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss")
                        .withZone(ZoneId.systemDefault())
                        .format(instant));
    }
}
