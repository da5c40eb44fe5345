package org.experimaestro.core.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.experimaestro.disturbance.fuzz.Fuzz;
import org.junit.jupiter.api.Test;

class JsonFuzzTest {
    @Test
    void parse_anyBytes_areReadAndWrittenOrRefused() {
        fuzz("json").bytes(JsonFuzzTest::readBack);
    }

    private static void readBack(byte[] bytes) {
        Object value = Json.parse(bytes);
        assertThat(Json.parse(Json.write(value))).isEqualTo(value);
        assertThat(Json.parse(Json.writeLine(value))).isEqualTo(value);
    }

    @Test
    void parse_anyText_isReadAndWrittenOrRefused() {
        fuzz("json-text").text(text -> {
            Object value = Json.parse(text);
            assertThat(Json.parse(Json.writeLine(value))).isEqualTo(value);
        });
    }

    @Test
    void jsonObject_ofAnyDocument_givesValuesOrNamesTheSource() {
        Fuzz.of("json-object")
                .seeds("{\"a\": 1, \"b\": [\"x\"], \"c\": {\"d\": true}, \"e\": 1.5, \"f\": null}")
                .words("{\"a\": ", "\"b\": ", "\"c\": {\"d\": ")
                .refusedBy(JsonException.class)
                .text(text -> {
                    Object parsed = Json.parse(text);
                    try {
                        JsonObject json = JsonObject.of(parsed, "a.json");
                        json.integer("a");
                        json.list("b");
                        json.object("c").bool("d");
                        json.number("e");
                        json.optionalString("f");
                    } catch (JsonException refused) {
                        assertThat(refused).hasMessageContaining("a.json");
                    }
                });
    }

    private static Fuzz fuzz(String name) {
        return Fuzz.of(name)
                .seeds("""
                        {
                          "format": 1, "type": "tutorial.learn", "é€😀": "\\u00e9\\ud83d\\ude00\\n\\"\\\\\\/",
                          "numbers": [0, -1, 12.50, 1e5, -2.5E-3, 9223372036854775807, 123456789012345678901],
                          "words": [true, false, null, [], {}, [[1], {"a": {"b": "ü"}}]]
                        }
                        """)
                .seeds("[[[[\"a\"]]]]", "{\"a\": {\"b\": {\"c\": -0.0}}}", "\"\"", "null")
                .words("\\u", "\\uDE00", "{\"a\":", "[1,")
                .refusedBy(JsonException.class);
    }
}
