package org.experimaestro.core.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class JsonWriteTest {
    private static final String GOLDEN = """
            {
              "format": 1,
              "type": "tutorial.learn",
              "tags": {"model": "big", "layers": 3},
              "empty": {},
              "objects": [
                {"id": 0, "rate": 1e-4, "on": true, "none": null, "list": []},
                {
                  "id": 1,
                  "sizes": [1, 2, 3],
                  "text": "a text that does not fit with the others into one line of at most one hundred characters"
                }
              ]
            }
            """;

    @Test
    void write_document_isPleasantToRead() {
        assertThat(Json.write(Json.parse(GOLDEN))).isEqualTo(GOLDEN);
    }

    @Test
    void writeLine_document_isOneLineWithoutSpace() {
        assertThat(Json.writeLine(Json.parse("""
                {"a": [1, 2.0, {"b": null}], "c d": {}}
                """))).isEqualTo("{\"a\":[1,2.0,{\"b\":null}],\"c d\":{}}");
    }

    @Test
    void write_lineOfHundredCharactersWithItsComma_isKept() {
        assertThat(Json.write(List.of("x".repeat(95)))).isEqualTo("[\"" + "x".repeat(95) + "\"]\n");
        assertThat(Json.write(List.of("x".repeat(96)))).isEqualTo("[\n  \"" + "x".repeat(96) + "\"\n]\n");
    }

    @Test
    void write_indentedLine_countsItsIndentationAndKey() {
        assertThat(Json.write(nested("x".repeat(86)))).isEqualTo("{\n  \"key\": [\"" + "x".repeat(86) + "\"]\n}\n");
        assertThat(Json.write(nested("x".repeat(87))))
                .isEqualTo("{\n  \"key\": [\n    \"" + "x".repeat(87) + "\"\n  ]\n}\n");
    }

    private static Map<String, Object> nested(String text) {
        return Map.of("key", List.of(text));
    }

    static Stream<Arguments> scalars() {
        return Stream.of(
                Arguments.of(null, "null"),
                Arguments.of(true, "true"),
                Arguments.of((byte) -1, "-1"),
                Arguments.of((short) 2, "2"),
                Arguments.of(3, "3"),
                Arguments.of(Long.MIN_VALUE, "-9223372036854775808"),
                Arguments.of(new BigInteger("123456789012345678901"), "123456789012345678901"),
                Arguments.of(1.0, "1.0"),
                Arguments.of(-0.0, "-0.0"),
                Arguments.of(0.1, "0.1"),
                Arguments.of(1e7, "1e7"),
                Arguments.of(1e-4, "1e-4"),
                Arguments.of(1.5e300, "1.5e300"),
                Arguments.of(10.05e9, "1.005e10"),
                Arguments.of(Double.MIN_VALUE, "4.9e-324"),
                Arguments.of(0.5f, "0.5"),
                Arguments.of(0.1f, "0.1"),
                Arguments.of(1e10f, "1e10"),
                Arguments.of("", "\"\""),
                Arguments.of("a\"b\\c/\b\f\n\r\t", "\"a\\\"b\\\\c/\\b\\f\\n\\r\\t\""),
                Arguments.of("\u0000\u001f\u007f\u009f\u2028\u2029", "\"\\u0000\\u001f\\u007f\\u009f\\u2028\\u2029\""),
                Arguments.of("é €\uD83D\uDE00\uFFFD", "\"é €\uD83D\uDE00\uFFFD\""));
    }

    @ParameterizedTest
    @MethodSource("scalars")
    void write_scalar_isItsText(@Nullable Object value, String expected) {
        assertThat(Json.writeLine(value)).isEqualTo(expected);
        assertThat(Json.write(value)).isEqualTo(expected + "\n");
    }

    static Stream<Arguments> refused() {
        var place = "cannot write \"model.layers[1].rate\" as JSON: ";
        return Stream.of(
                Arguments.of(Double.NaN, "cannot write the value as JSON: it is NaN, and JSON has only finite numbers"),
                Arguments.of(at(Double.NaN), place + "it is NaN, and JSON has only finite numbers"),
                Arguments.of(at(Float.NEGATIVE_INFINITY), place + "it is -Infinity, and JSON has only finite numbers"),
                Arguments.of(
                        at(new BigDecimal("1.5")),
                        place
                                + "it is of class java.math.BigDecimal; JSON is written from maps, lists, strings, booleans,"
                                + " integers, doubles and null"),
                Arguments.of(
                        at(new int[0]),
                        place
                                + "it is of class [I; JSON is written from maps, lists, strings, booleans, integers, doubles"
                                + " and null"),
                Arguments.of(
                        at(BigInteger.TEN.pow(1_000).negate()), place + "it is an integer of more than 1000 digits"),
                Arguments.of(
                        at("ab\uD83D"), place + "character 2 of its text is a surrogate without the other of its pair"),
                Arguments.of(at(Map.of(1, 2)), place + "it has the key 1, which is not a string"),
                Arguments.of(
                        at(Collections.singletonMap(null, 2)), place + "it has the key null, which is not a string"));
    }

    private static Object at(Object value) {
        var layer = new LinkedHashMap<String, Object>();
        layer.put("size", List.of(List.of(3)));
        layer.put("rate", value);
        return Map.of("model", Map.of("layers", Arrays.asList(null, layer)));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void write_whatJsonCannotHold_isRefusedWithThePlace(Object value, String message) {
        assertThatThrownBy(() -> Json.write(value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> Json.writeLine(value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void write_listThatContainsItself_isRefused() {
        var list = new ArrayList<Object>();
        list.add(list);

        assertThatThrownBy(() -> Json.write(list))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("cannot write \"[0][0][0]")
                .hasMessageEndingWith("it is nested deeper than 512 levels; does something contain itself?");
    }

    @Test
    void write_nestedAsDeepAsAllowed_readsBack() {
        Object value = Json.parse("[".repeat(512) + "]".repeat(512));

        assertThat(Json.writeLine(value)).isEqualTo("[".repeat(512) + "]".repeat(512));
        assertThat(Json.writeLine(Json.parse(Json.write(value)))).isEqualTo(Json.writeLine(value));
        assertThatThrownBy(() -> Json.writeLine(List.of(List.of(value)))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void write_values_areWrittenUpToAMillion() {
        // Each inner list is tried on one line first, which must not count twice.
        List<Object> inner = Collections.nCopies(99, "a text that is too long for many of its kind on one line");
        List<Object> outer = new ArrayList<>(Collections.nCopies(10_000, inner));

        assertThat(Json.parse(Json.write(outer))).isEqualTo(outer);
        outer.add(1L);
        assertThatThrownBy(() -> Json.write(outer))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("more than 1000000 elements of arrays and members of objects");
    }
}
