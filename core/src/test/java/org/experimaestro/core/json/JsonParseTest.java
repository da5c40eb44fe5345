package org.experimaestro.core.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonParseTest {
    @Test
    void parse_document_givesOrderedCollections() {
        var parsed = Json.parse("""
                {"z": [1, 2.0, "x", true, false, null], "a": {"b": {}}, "m": []}
                """);

        assertThat(parsed).isInstanceOf(LinkedHashMap.class);
        var members = (Map<?, ?>) parsed;
        assertThat(new ArrayList<Object>(members.keySet())).isEqualTo(List.of("z", "a", "m"));
        assertThat((Object) members.get("z"))
                .isInstanceOf(ArrayList.class)
                .isEqualTo(Arrays.asList(1L, 2.0, "x", true, false, null));
        assertThat((Object) members.get("a")).isEqualTo(Map.of("b", Map.of()));
        assertThat((Object) members.get("m")).isEqualTo(List.of());
    }

    static Stream<Arguments> scalars() {
        return Stream.of(
                Arguments.of(" \t\r\n0 ", 0L),
                Arguments.of("-0", 0L),
                Arguments.of("-0.0", -0.0),
                Arguments.of("999999999999999999", 999999999999999999L),
                Arguments.of("9223372036854775807", Long.MAX_VALUE),
                Arguments.of("-9223372036854775808", Long.MIN_VALUE),
                Arguments.of("9223372036854775808", new BigInteger("9223372036854775808")),
                Arguments.of("-9223372036854775809", new BigInteger("-9223372036854775809")),
                Arguments.of("-" + "7".repeat(1_000), new BigInteger("-" + "7".repeat(1_000))),
                Arguments.of("0." + "3".repeat(1_000_000), 1 / 3.0),
                Arguments.of("1e-99999999999", 0.0),
                Arguments.of("1.0", 1.0),
                Arguments.of("1E2", 100.0),
                Arguments.of("1e-2", 0.01),
                Arguments.of("1.5e+3", 1500.0),
                Arguments.of("1.7976931348623157e308", Double.MAX_VALUE),
                Arguments.of("4.9e-324", Double.MIN_VALUE),
                Arguments.of("1e-400", 0.0),
                Arguments.of("true", true),
                Arguments.of("false", false),
                Arguments.of("\"\"", ""),
                Arguments.of("\"a\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\u20AC\"", "a\"\\/\b\f\n\r\t\u00e9\u20AC"),
                Arguments.of("\"\\uD83D\\ude00 \uD83D\uDE00\"", "\uD83D\uDE00 \uD83D\uDE00"),
                Arguments.of("\"\uFFFD\u2028\u007F\"", "\uFFFD\u2028\u007F"));
    }

    @ParameterizedTest
    @MethodSource("scalars")
    void parse_scalar_givesItsValue(String text, Object expected) {
        assertThat(Json.parse(text)).isEqualTo(expected);
        assertThat(Json.parse(text.getBytes(UTF_8))).isEqualTo(expected);
    }

    @Test
    void parse_null_givesNull() {
        assertThat(Json.parse("null")).isNull();
    }

    static Stream<Arguments> badTexts() {
        return Stream.of(
                bad("", "line 1, column 1: expected a value but found the end of the text"),
                bad(" \n ", "line 2, column 2: expected a value but found the end of the text"),
                bad("{\"a\": 1 x}", "line 1, column 9: expected ',' or '}' but found 'x'"),
                bad("{\n  \"a\": 1,\r\n  \"b\": 2 \"c\"}", "line 3, column 10: expected ',' or '}' but found '\"'"),
                bad("[\r1\r2]", "line 3, column 1: expected ',' or ']' but found '2'"),
                bad("[\"\uD83D\uDE00é\" \uD83D\uDE00]", "line 1, column 7: expected ',' or ']' but found U+1F600"),
                bad("[1, 2", "line 1, column 6: expected ',' or ']' but found the end of the text"),
                bad("[1,]", "line 1, column 4: expected a value but found ']'"),
                bad("[,]", "line 1, column 2: expected a value but found ','"),
                bad("{\"a\":1,}", "line 1, column 8: expected a key in double quotes but found '}'"),
                bad("{a:1}", "line 1, column 2: expected a key in double quotes or '}' but found 'a'"),
                bad("{'a':1}", "line 1, column 2: expected a key in double quotes or '}' but found a single quote"),
                bad("{\"a\" 1}", "line 1, column 6: expected ':' but found '1'"),
                bad("{\"a\":}", "line 1, column 6: expected a value but found '}'"),
                bad("{\"a\":1,\n \"a\":2}", "line 2, column 2: the key \"a\" is there twice in this object"),
                bad("{\"a\":1,\"\\u0061\":2}", "line 1, column 8: the key \"a\" is there twice in this object"),
                bad("1 2", "line 1, column 3: expected the end of the text but found '2'"),
                bad("{} // x", "line 1, column 4: expected the end of the text but found '/'"),
                bad("[/* x */1]", "line 1, column 2: expected a value but found '/'"),
                bad(
                        "\uFEFF1",
                        "line 1, column 1: a byte order mark (U+FEFF) is not JSON: save the file as UTF-8 without it"),
                bad("\u00A01", "line 1, column 1: expected a value but found U+00A0"),
                bad("1\u0000", "line 1, column 2: expected the end of the text but found U+0000"),
                bad("NaN", "line 1, column 1: expected a value but found 'NaN'"),
                bad("-Infinity", "line 1, column 2: expected a digit but found 'I'"),
                bad("True", "line 1, column 1: expected a value but found 'True'"),
                bad("nul", "line 1, column 1: expected a value but found 'nul'"),
                bad("truex", "line 1, column 5: expected the end of the text but found 'x'"),
                bad("x".repeat(50), "line 1, column 1: expected a value but found '" + "x".repeat(20) + "'"),
                bad("01", "line 1, column 1: a number must not start with 0"),
                bad("-01", "line 1, column 2: a number must not start with 0"),
                bad("+1", "line 1, column 1: expected a value but found '+'"),
                bad(".5", "line 1, column 1: expected a value but found '.'"),
                bad("1.", "line 1, column 3: expected a digit but found the end of the text"),
                bad("1.e5", "line 1, column 3: expected a digit but found 'e'"),
                bad("1e", "line 1, column 3: expected a digit but found the end of the text"),
                bad("1e+", "line 1, column 4: expected a digit but found the end of the text"),
                bad("-", "line 1, column 2: expected a digit but found the end of the text"),
                bad("0x1F", "line 1, column 2: expected the end of the text but found 'x'"),
                bad("1_000", "line 1, column 2: expected the end of the text but found '_'"),
                bad("\u0661", "line 1, column 1: expected a value but found '\u0661'"),
                bad("[1e309]", "line 1, column 2: a number beyond the range of a double (about 1.8e308)"),
                bad("-1e99999999999", "line 1, column 1: a number beyond the range of a double (about 1.8e308)"),
                bad("7".repeat(1_001), "line 1, column 1: an integer of 1001 digits: more than 1000 are not read"),
                bad(
                        "[-" + "7".repeat(1_000_000) + "]",
                        "line 1, column 2: an integer of 1000000 digits: more than 1000 are not read"),
                bad("[\"abc", "line 1, column 2: this string is not closed"),
                bad(
                        "\"abc\\",
                        "line 1, column 6: expected one of \" \\ / b f n r t u after '\\' but found the end of the text"),
                bad("\"a\\x\"", "line 1, column 4: expected one of \" \\ / b f n r t u after '\\' but found 'x'"),
                bad("\"a\nb\"", "line 1, column 3: the control character U+000A must be escaped in a string"),
                bad("\"\u0000\"", "line 1, column 2: the control character U+0000 must be escaped in a string"),
                bad("\"\\u12G4\"", "line 1, column 6: expected four hexadecimal digits after '\\u' but found 'G'"),
                bad(
                        "\"\\u12",
                        "line 1, column 6: expected four hexadecimal digits after '\\u' but found the end of the text"),
                bad(
                        "\"\\u\u0661000\"",
                        "line 1, column 4: expected four hexadecimal digits after '\\u' but found '\u0661'"),
                bad("\"\\ud83d\"", "line 1, column 2: the surrogate U+D83D is not part of a pair"),
                bad("\"\\ud83dx\"", "line 1, column 2: the surrogate U+D83D is not part of a pair"),
                bad("\"\\ud83d\\n\"", "line 1, column 2: the surrogate U+D83D is not part of a pair"),
                bad("\"\\ud83d\\u0041\"", "line 1, column 2: the surrogate U+D83D is not part of a pair"),
                bad("\"\\ude00\"", "line 1, column 2: the surrogate U+DE00 is not part of a pair"),
                bad("\"a\uD83D\"", "line 1, column 3: the surrogate U+D83D is not part of a pair"),
                bad("\"a\uD83D", "line 1, column 3: the surrogate U+D83D is not part of a pair"),
                bad("\"\uDE00\uD83D\"", "line 1, column 2: the surrogate U+DE00 is not part of a pair"),
                bad("\uD83D", "line 1, column 1: expected a value but found U+D83D"));
    }

    private static Arguments bad(String text, String message) {
        return Arguments.of(text, message);
    }

    @ParameterizedTest
    @MethodSource("badTexts")
    void parse_badText_isRefusedWithThePlace(String text, String message) {
        var error = catchThrowableOfType(JsonException.class, () -> Json.parse(text));

        assertThat(error).hasMessage(message);
        assertThat("line " + error.line() + ", column " + error.column() + ": " + error.problem())
                .isEqualTo(message);
    }

    static Stream<Arguments> badBytes() {
        return Stream.of(
                Arguments.of(
                        new int[] {'"', 'a', 0xC3, '"'}, "line 1, column 3: the byte 0xC3 is not valid UTF-8 here"),
                Arguments.of(
                        new int[] {'\n', '"', 0xC3, 0xA9, 0x80},
                        "line 2, column 3: the byte 0x80 is not valid UTF-8 here"),
                Arguments.of(
                        new int[] {'"', 0xC0, 0xAF, '"'}, "line 1, column 2: the byte 0xC0 is not valid UTF-8 here"),
                Arguments.of(
                        new int[] {'"', 0xED, 0xA0, 0x80}, "line 1, column 2: the byte 0xED is not valid UTF-8 here"),
                Arguments.of(
                        new int[] {'"', 0xF4, 0x90, 0x80, 0x80},
                        "line 1, column 2: the byte 0xF4 is not valid UTF-8 here"),
                Arguments.of(new int[] {'"', 0xE2, 0x82}, "line 1, column 2: the byte 0xE2 is not valid UTF-8 here"));
    }

    @ParameterizedTest
    @MethodSource("badBytes")
    void parse_invalidUtf8_isRefusedWithThePlace(int[] values, String message) {
        byte[] utf8 = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            utf8[i] = (byte) values[i];
        }

        assertThatThrownBy(() -> Json.parse(utf8))
                .isInstanceOf(JsonException.class)
                .hasMessage(message);
    }

    @Test
    void parse_nestedAsDeepAsAllowed_isRead() {
        assertThat(Json.parse("[".repeat(512) + "]".repeat(512))).isInstanceOf(List.class);
        assertThat(Json.parse("[" + "[],".repeat(2000) + "{}]")).isInstanceOf(List.class);
    }

    @Test
    void parse_nestedTooDeep_isRefused() {
        String message = "line 1, column %d: arrays and objects are nested deeper than 512 levels";

        assertThatThrownBy(() -> Json.parse("[".repeat(1_000_000)))
                .isInstanceOf(JsonException.class)
                .hasMessage(message, 513);
        assertThatThrownBy(() -> Json.parse("{\"a\":".repeat(1_000_000)))
                .isInstanceOf(JsonException.class)
                .hasMessage(message, 512 * 5 + 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1", "[{\"a\":1}", "{\"k0\":1", "[[]"})
    void parse_values_areReadUpToAMillion(String start) {
        boolean isObject = start.startsWith("{");
        String element = start.substring(1);
        int most = 1_000_000 / (element.contains("a") ? 2 : 1);
        StringBuilder text = new StringBuilder(start);
        for (int i = 1; i < most; i++) {
            text.append(',').append(isObject ? "\"k" + i + "\":1" : element);
        }
        char end = isObject ? '}' : ']';

        assertThat(Json.parse(text.toString() + end)).isNotNull();
        assertThatThrownBy(() -> Json.parse(
                        text.append(isObject ? ",\"k\":1" : "," + element).toString() + end))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("arrays and objects have more than 1000000 elements and members");
    }
}
