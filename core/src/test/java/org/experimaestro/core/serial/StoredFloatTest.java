package org.experimaestro.core.serial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.experimaestro.Config;
import org.experimaestro.ConfigException;
import org.experimaestro.ConfigType;
import org.experimaestro.Configurable;
import org.experimaestro.core.json.Json;
import org.junit.jupiter.api.Test;

class StoredFloatTest {
    @ConfigType("serial.floats")
    record Floats(float one, List<Float> more) implements Configurable {}

    @Test
    void read_textOfAnyFloat_isThatFloat() {
        Random random = new Random(1);
        for (int i = 0; i < 100_000; i++) {
            float number = Float.intBitsToFloat(random.nextInt());
            if (Float.isNaN(number) || Float.isInfinite(number)) {
                continue;
            }
            Object shortest = Json.parse(Json.writeLine(number));
            Object widened = Json.parse(Json.writeLine((double) number));
            assertThat(StoredFloat.read(shortest)).isEqualTo(number);
            assertThat(StoredFloat.read(widened)).isEqualTo(number);
        }
    }

    @Test
    void read_whatIsNoFloat_isLeft() {
        assertThat(StoredFloat.read(0.12345678901234)).isEqualTo(0.12345678901234);
        assertThat(StoredFloat.read(1e300)).isEqualTo(1e300);
        assertThat(StoredFloat.read(1e-300)).isEqualTo(1e-300);
        assertThat(StoredFloat.read("NaN")).isEqualTo(Float.NaN);
        assertThat(StoredFloat.read("-Infinity")).isEqualTo(Float.NEGATIVE_INFINITY);
        assertThat(StoredFloat.read(3L)).isEqualTo(3L);
    }

    @Test
    void read_fileOfAnEarlierVersion_isTheSameConfiguration() {
        Config<Floats> now = Config.builder(Floats.class)
                .set("one", 0.9f)
                .set("more", List.of(0.1f, 0.5f))
                .build();
        String text = ConfigurationWriter.write(now, null, null);
        assertThat(text).contains("\"one\": 0.9", "\"more\": [0.1, 0.5]");
        Config<?> before = read(text.replace("0.9", "0.8999999761581421").replace("[0.1,", "[0.10000000149011612,"));
        assertThat(before.id()).isEqualTo(now.id()).isEqualTo(read(text).id());
        assertThat(before.value()).isEqualTo(now.value());
    }

    @Test
    void read_moreDigitsThanAFloatHas_isRefused() {
        String text = ConfigurationWriter.write(
                Config.builder(Floats.class)
                        .set("one", 0.9f)
                        .set("more", List.of())
                        .build(),
                null,
                null);
        assertThatThrownBy(() -> read(text.replace("0.9", "0.12345678901234")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("0.12345678901234");
    }

    private static Config<?> read(String text) {
        return (Config<?>) ConfigurationReader.read(
                text.getBytes(StandardCharsets.UTF_8), Path.of("floats.json"), StoredFloatTest.class.getClassLoader());
    }
}
