package org.experimaestro.base.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import org.experimaestro.disturbance.fuzz.Fuzz;
import org.junit.jupiter.api.Test;

class NumberTextFuzzTest {
    @Test
    void of_anyDouble_readsBackAsTheSame() {
        Fuzz.of("decimal-text")
                .seed(bytes(1e-4))
                .seed(bytes(7_028_128))
                .seed(bytes(-0.0))
                .seed(bytes(Double.NaN))
                .bytes(bytes -> {
                    double value = ByteBuffer.allocate(Double.BYTES)
                            .put(bytes, 0, Math.min(bytes.length, Double.BYTES))
                            .getDouble(0);
                    Float narrow = (float) value;
                    assertThat(Double.valueOf(DecimalText.of(value))).isEqualTo(Double.valueOf(value));
                    assertThat(Double.valueOf(DecimalText.ofMetric(value))).isEqualTo(Double.valueOf(value));
                    assertThat(Float.valueOf(DecimalText.of(narrow))).isEqualTo(narrow);
                });
    }

    @Test
    void tagValue_ofAnyDecimal_isTheSameNumberOrText() {
        Fuzz.of("tag-value")
                .seeds("1", "-0.0", "1e-4", "123456789012345678901234567890", "0.1e400")
                .text(text -> {
                    BigDecimal number;
                    try {
                        number = new BigDecimal(text);
                    } catch (NumberFormatException noNumber) {
                        return;
                    }
                    Object value = TagValue.of(number);
                    assertThat(TagValue.isSame(value, value)).isTrue();
                    assertThat(TagValue.show(value)).isNotEmpty();
                });
    }

    private static byte[] bytes(double value) {
        return ByteBuffer.allocate(Double.BYTES).putDouble(value).array();
    }
}
