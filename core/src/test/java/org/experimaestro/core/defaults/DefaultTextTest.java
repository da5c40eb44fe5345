package org.experimaestro.core.defaults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.experimaestro.generated.ValueType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefaultTextTest {
    private static final ValueType UNIT = ValueType.enumeration(TimeUnit.class);

    @ParameterizedTest
    @CsvSource({"0, 0", "-1, -1", "+7, 7", "1_000, 1000", "0x1F, 31", "0b101, 5", "-2147483648, -2147483648", "' 3 ', 3"
    })
    void parse_int_isAsInJava(String text, int expected) {
        assertThat(read(text, ValueType.INT)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "1e-3, 1e-3",
        "1., 1.0",
        ".5, 0.5",
        "1_000.5, 1000.5",
        "3, 3.0",
        "2d, 2.0",
        "NaN, NaN",
        "-Infinity, -Infinity",
        "-0.0, -0.0",
        "0e5, 0.0"
    })
    void parse_double_isAsInJava(String text, double expected) {
        assertThat(read(text, ValueType.DOUBLE)).isEqualTo(expected);
    }

    @Test
    void parse_otherScalars_haveTheirClass() {
        assertThat(read("9_223_372_036_854_775_807L", ValueType.LONG)).isEqualTo(Long.MAX_VALUE);
        assertThat(read("-128", ValueType.BYTE)).isEqualTo((byte) -128);
        assertThat(read("300", ValueType.SHORT)).isEqualTo((short) 300);
        assertThat(read("0.1f", ValueType.FLOAT)).isEqualTo(0.1f);
        assertThat(read("true", ValueType.BOOLEAN)).isEqualTo(true);
        assertThat(read("\n", ValueType.CHAR)).isEqualTo('\n');
        assertThat(read(" as it is ", ValueType.STRING)).isEqualTo(" as it is ");
        assertThat(read("a/b.txt", ValueType.PATH)).isEqualTo(Path.of("a/b.txt"));
        assertThat(read("SECONDS", UNIT)).isEqualTo(TimeUnit.SECONDS);
        assertThat(read("5", ValueType.optional(ValueType.INT))).isEqualTo(5);
    }

    @Test
    void parse_numberOfManyDigits_isReadUpToAThousandCharacters() {
        assertThat(read("0." + "1_".repeat(490) + "1", ValueType.DOUBLE)).isEqualTo(1.0 / 9);

        String digits = "1_".repeat(50_000) + "1";
        for (String number : List.of(digits, "0x" + digits, "0b" + digits)) {
            assertTooLong(number, ValueType.LONG);
        }
        assertTooLong("0." + digits, ValueType.DOUBLE);
    }

    private static void assertTooLong(String number, ValueType type) {
        assertThatThrownBy(() -> read(number, type))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("write a number of at most 1000 characters");
    }

    @Test
    void parse_collections_areJson() {
        assertThat(read("[]", ValueType.list(ValueType.INT))).isEqualTo(List.of());
        assertThat(read("[1, 2]", ValueType.list(ValueType.LONG))).isEqualTo(List.of(1L, 2L));
        assertThat(read("[1, 2.5, \"NaN\"]", ValueType.list(ValueType.DOUBLE)))
                .isEqualTo(List.of(1.0, 2.5, Double.NaN));
        assertThat(read("[0.1]", ValueType.list(ValueType.FLOAT))).isEqualTo(List.of(0.1f));
        assertThat(read("[\"DAYS\", \"HOURS\"]", ValueType.set(UNIT))).isEqualTo(Set.of(TimeUnit.DAYS, TimeUnit.HOURS));
        assertThat(read("{\"1\": [\"5 min\"]}", ValueType.map(ValueType.INT, ValueType.list(ValueType.DURATION))))
                .isEqualTo(Map.of(1, List.of(Duration.ofMinutes(5))));
        assertThat(read("[\"PT1S\"]", ValueType.optional(ValueType.list(ValueType.DURATION))))
                .isEqualTo(List.of(Duration.ofSeconds(1)));
    }

    @Test
    void parse_malformed_saysWhatWasExpected() {
        refused("1e-3x", ValueType.DOUBLE, "\"1e-3x\" is not a double; write a number as in Java, such as 1e-3");
        refused("0.1f", ValueType.DOUBLE, "is not a double");
        refused("1e999", ValueType.DOUBLE, "too large for a double");
        refused("1e-999", ValueType.DOUBLE, "too small for a double");
        refused("1.0", ValueType.INT, "is not an int");
        refused("1__", ValueType.INT, "is not an int");
        refused("010", ValueType.INT, "octal");
        refused("2147483648", ValueType.INT, "those go from -2147483648 to 2147483647");
        refused("128", ValueType.BYTE, "those go from -128 to 127");
        refused("True", ValueType.BOOLEAN, "write true or false");
        refused("ab", ValueType.CHAR, "exactly one character");
        refused("\ud800", ValueType.STRING, "surrogate pair at position 0");
        refused("a\u0000", ValueType.PATH, "is not a path");
        refused("data:/x", ValueType.PATH, "is below a named root, which a default cannot be");
        refused("SECOND", UNIT, "did you mean \"SECONDS\"? The constants are NANOSECONDS");
        refused("1", ValueType.config(Object.class), "@DefaultFrom");
    }

    @Test
    void parse_malformedCollection_saysWhatWasExpected() {
        ValueType ints = ValueType.list(ValueType.INT);
        refused("1, 2", ints, "\"1, 2\" is not JSON", "write a JSON array such as [1, 2] or []");
        refused("{}", ints, "is not an array");
        refused("[1.5]", ints, "1.5 is not what is expected here: a whole number");
        refused("[\"1\"]", ints, "\"1\" is not what is expected");
        refused("[null]", ints, "null is not what is expected");
        refused("[99999999999]", ints, "\"99999999999\" is not an int");
        refused("[1, 1]", ValueType.set(ValueType.INT), "1 is twice in the set");
        refused("[]", ValueType.map(ValueType.STRING, ValueType.INT), "is not an object");
        refused("{\"1\": 1, \"0x1\": 2}", ValueType.map(ValueType.INT, ValueType.INT), "The key 1 is twice");
        refused("{\"a\": 1}", ValueType.map(ValueType.INT, ValueType.INT), "\"a\" is not an int");
        refused("[1]", ValueType.list(ValueType.BOOLEAN), "true or false");
        refused("[1]", ValueType.list(ValueType.STRING), "a string");
    }

    @Test
    void choice_anyType_isTheTextThatValuesAreComparedWith() {
        assertThat(choice("0x10", ValueType.INT)).isEqualTo("16");
        assertThat(choice("1_0.5", ValueType.DOUBLE)).isEqualTo("10.5");
        assertThat(choice("5 min", ValueType.list(ValueType.DURATION))).isEqualTo("PT5M");
        assertThat(choice("DAYS", ValueType.map(ValueType.STRING, UNIT))).isEqualTo("DAYS");
        assertThatThrownBy(() -> choice("a", ValueType.PATH)).hasMessageContaining("use an enum or a String");
    }

    private static Object read(String text, ValueType type) {
        return DefaultText.parse(text, TextType.of(type));
    }

    private static String choice(String text, ValueType type) {
        return DefaultText.choice(text, TextType.of(type));
    }

    private static void refused(String text, ValueType type, String... expected) {
        assertThatThrownBy(() -> read(text, type))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(expected);
    }
}
