package org.experimaestro.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.experimaestro.search.Scale.Logarithmic;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each value of a whole axis has a position of its own. */
class ScaleTest {

    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "1, 2",
        "1, 8",
        "1, 1024",
        "2, 3",
        "7, 19",
        "1, 10000",
        "1000, 1100",
        "1000000000, 1000005000",
        "1000000000000000, 1000000000000100"
    })
    void position_wholeNumbersOnALogarithm_isOfEachValueOnce(long from, long to) {
        Scale scale = new Logarithmic(BigDecimal.valueOf(from), BigDecimal.valueOf(to), NumberType.LONG);

        assertThat(scale.count()).isEqualTo(to - from + 1);
        for (long index = 0; index < scale.count(); index++) {
            double position = scale.position(index);
            assertThat(position).isBetween(0.0, 1.0);
            assertThat(scale.value(position)).isEqualTo(from + index);
            assertThat(scale.snapped(position)).isEqualTo(position);
        }
    }
}
