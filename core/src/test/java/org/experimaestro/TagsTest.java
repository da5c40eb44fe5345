package org.experimaestro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.experimaestro.model.Node;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TagsTest {
    enum Size {
        SMALL {
            @Override
            public String toString() {
                return "tiny";
            }
        }
    }

    @ConfigType("tags.numbers")
    record Numbers(
            @Default("0") byte aByte,
            @Default("0") short aShort,
            @Default("0") long aLong,
            @Default("0.9") float aFloat,
            @Default("0") double aDouble,
            Optional<Float> maybe,
            @Default("[0.9]") List<Float> floats,
            @Default("{\"0.9\": 0.1}") Map<Float, Float> byFloat,
            @Default("SMALL") Size size,
            @Default("x") char letter)
            implements Configurable {}

    @ConfigType("tags.holder")
    record Holder(List<Numbers> parts) implements Configurable {}

    @TempDir
    Path folder;

    @Test
    void tags_ofParameters_haveOneTextEach() {
        Config<Numbers> numbers = Config.builder(Numbers.class)
                .set("aByte", Tags.tag(1))
                .set("aShort", Tags.tag(2))
                .set("aLong", Tags.tag(5))
                .set("aFloat", Tags.tag(0.9f))
                .set("aDouble", Tags.tag(1e-4))
                .set("maybe", Tags.tag(Optional.of(1e10f)))
                .set("floats", Tags.tag(List.of(0.9f, 0.1f)))
                .set("byFloat", Tags.tag(Map.of(0.9f, 0.1f)))
                .set("size", Tags.tag(Size.SMALL))
                .set("letter", Tags.tag('\ud800'))
                .build();
        assertThat(Tags.tagsPath(numbers))
                .isEqualTo("aByte=1_aDouble=1e-4_aFloat=0.9_aLong=5_aShort=2_byFloat={0.9=0.1}_floats=[0.9, 0.1]"
                        + "_letter=U+d800_maybe=1e10_size=SMALL");
        assertThat(Tags.tags(numbers)).containsEntry("aFloat", 0.9).containsEntry("aLong", 5);
    }

    @Test
    void save_tagsOfAllKinds_areReadBack() throws Exception {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("float", 0.9f);
        values.put("short", (short) 5);
        values.put("long", 5_000_000_000L);
        values.put("counted", new AtomicLong(7));
        values.put("nan", Double.NaN);
        values.put("infinite", Float.NEGATIVE_INFINITY);
        values.put("decimal", new BigDecimal("0.5"));
        values.put("exact", new BigDecimal("0.1234567890123456789"));
        values.put("duration", Duration.ofMinutes(5));
        values.put("path", Path.of("a/b"));
        values.put("size", Size.SMALL);
        values.put("half", '\udc00');
        values.put("truth", true);
        Config<?> config = Config.builder(Numbers.class).build();
        for (Map.Entry<String, Object> value : values.entrySet()) {
            config = config.tag(value.getKey(), value.getValue());
        }
        Path file = folder.resolve("saved.json");
        Config.save(config, file);
        Config<?> loaded = Config.load(file, Numbers.class);
        assertThat(Tags.tags(loaded)).isEqualTo(Tags.tags(config));
        assertThat(Tags.tags(loaded))
                .containsEntry("float", 0.9)
                .containsEntry("nan", "NaN")
                .containsEntry("infinite", "-Infinity")
                .containsEntry("decimal", 0.5)
                .containsEntry("exact", "0.1234567890123456789")
                .containsEntry("counted", 7);
        assertThat(Files.readString(file)).contains("\"float\": 0.9", "\"aFloat\": 0.9", "\"floats\": [0.9]");
    }

    @Test
    void tag_valueWithoutText_isRefusedWithTheLineOfThePlan() {
        Config<Numbers> config = Config.builder(Numbers.class).build();
        assertThatThrownBy(() -> config.tag("x", new double[] {1}))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("TagsTest.java:")
                .hasMessageContaining("the value of the tag x is a double[], which has no text of its own; "
                        + "give a boolean, a number or a text");
        assertThatThrownBy(() -> config.tag("x\ud800", 1))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("the name has half of a surrogate pair, which cannot be stored");
    }

    @Test
    void conflicts_manyParts_areOnePerName() {
        List<Config<Numbers>> parts = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Number value = i % 2 == 0 ? (Number) 5 : (Number) 5L;
            parts.add(Config.builder(Numbers.class)
                    .set("aByte", Tags.tag(i))
                    .build()
                    .tag("same", i % 3 == 0 ? 5.0 : value));
        }
        Config<Holder> holder = Config.builder(Holder.class).set("parts", parts).build();
        assertThat(Node.of(holder).tagSet().conflicts())
                .isEqualTo(
                        Map.of("aByte", "tag aByte is 0 by tags.numbers, and 1 by tags.numbers: the latter is kept"));
    }
}
