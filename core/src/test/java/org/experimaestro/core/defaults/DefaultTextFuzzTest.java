package org.experimaestro.core.defaults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.experimaestro.disturbance.fuzz.Fuzz;
import org.experimaestro.generated.ValueType;
import org.junit.jupiter.api.Test;

class DefaultTextFuzzTest {
    private static final ValueType UNIT = ValueType.enumeration(TimeUnit.class);

    @Test
    void parse_anyNumber_isReadOrRefused() {
        fuzz("default-long", ValueType.LONG, "0", "-1", "+7", "1_000", "0x1F", "0b101", "9_223_372L");
        fuzz("default-byte", ValueType.BYTE, "0", "-128", "0x7f");
        fuzz("default-double", ValueType.DOUBLE, "1e-3", "1.", ".5", "1_000.5", "2d", "-Infinity", "0e5", "NaN");
        fuzz("default-float", ValueType.FLOAT, "0.1f", "1_0.5e-1_0", "3");
    }

    @Test
    void parse_anyOtherScalar_isReadOrRefused() {
        fuzz("default-char", ValueType.CHAR, "x", "\n");
        fuzz("default-text", ValueType.STRING, "as it is", "😀");
        fuzz("default-path", ValueType.PATH, "a/b.txt", "/");
        fuzz("default-enum", UNIT, "SECONDS", " DAYS ");
    }

    @Test
    void parse_anyDuration_isReadOrRefused() {
        fuzz("default-duration", ValueType.DURATION, "PT5M", "5 min", "1 h 30 min", "2 days", "1.5 s", "-PT0.5S");
    }

    @Test
    void parse_anyCollection_isReadOrRefused() {
        ValueType map = ValueType.map(ValueType.INT, ValueType.list(ValueType.DURATION));
        fuzz("default-map", map, "{\"1\": [\"5 min\"], \"2\": []}", "{}");
        fuzz("default-list", ValueType.list(ValueType.DOUBLE), "[1, 2.5, \"NaN\", 1e5]", "[]");
        fuzz("default-set", ValueType.optional(ValueType.set(UNIT)), "[\"DAYS\", \"HOURS\"]");
        fuzz("default-lists", ValueType.list(ValueType.list(ValueType.LONG)), "[[1], [2, 3], []]");
    }

    private static void fuzz(String name, ValueType type, String... seeds) {
        Fuzz.of(name)
                .seeds(seeds)
                .refusedBy(IllegalArgumentException.class)
                .text(text ->
                        assertThat(DefaultText.parse(text, TextType.of(type))).isNotNull());
    }
}
