package org.experimaestro.core.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class JsonObjectTest {
    private static final JsonObject OBJECT = JsonObject.of(Json.parse("""
            {
              "format": "x", "count": 3, "rate": 0.5, "whole": 3.0, "large": 12345678901234567890, "on": true,
              "none": null, "task": {"list": [1, null], "id": "a"}
            }
            """), "params.json");

    @Test
    void accessors_presentKeys_giveTheirValues() {
        assertThat(OBJECT.string("format")).isEqualTo("x");
        assertThat(OBJECT.optionalString("format")).contains("x");
        assertThat(OBJECT.integer("count")).isEqualTo(3);
        assertThat(OBJECT.integer("count", 3, 3)).isEqualTo(3);
        assertThat(OBJECT.number("rate")).isEqualTo(0.5);
        assertThat(OBJECT.number("count")).isEqualTo(3.0);
        assertThat(OBJECT.number("large")).isEqualTo(12345678901234567890.0);
        assertThat(OBJECT.bool("on")).isTrue();
        assertThat(OBJECT.object("task").string("id")).isEqualTo("a");
        assertThat(OBJECT.object("task").list("list")).isEqualTo(Arrays.asList(1L, null));
        assertThat(OBJECT.raw("whole")).isEqualTo(3.0);
    }

    @Test
    void time_text_isRead() {
        var object = JsonObject.of(Json.parse("{\"ended\": \"2026-11-23T21:56:17.339Z\"}"), "done.json");
        assertThat(object.time("ended")).isEqualTo(Instant.parse("2026-11-23T21:56:17.339Z"));
    }

    @Test
    void accessors_missingOrNull_areToldApart() {
        assertThat(OBJECT.has("none")).isTrue();
        assertThat(OBJECT.raw("none")).isNull();
        assertThat(OBJECT.optionalString("none")).isEmpty();
        assertThat(OBJECT.has("nothing")).isFalse();
        assertThat(OBJECT.optionalString("nothing")).isEmpty();
    }

    @Test
    void keys_object_areInTheOrderOfTheText() {
        assertThat(OBJECT.keys()).containsExactly("format", "count", "rate", "whole", "large", "on", "none", "task");
    }

    @Test
    void views_changed_refuse() {
        assertThatThrownBy(() -> OBJECT.keys().remove("format")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> OBJECT.object("task").list("list").remove(0))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                mistake(o -> o.integer("format"), "\"format\" should be an integer but is \"x\""),
                mistake(o -> o.integer("whole"), "\"whole\" should be an integer but is 3.0"),
                mistake(
                        o -> o.integer("large"),
                        "\"large\" should be an integer of at most 64 bits but is 12345678901234567890"),
                mistake(
                        o -> o.integer("large", 1, 9),
                        "\"large\" should be an integer from 1 to 9 but is 12345678901234567890"),
                mistake(o -> o.integer("count", 4, 9), "\"count\" should be an integer from 4 to 9 but is 3"),
                mistake(o -> o.integer("count", 1, 2), "\"count\" should be an integer from 1 to 2 but is 3"),
                mistake(o -> o.integer("whole", 1, 9), "\"whole\" should be an integer from 1 to 9 but is 3.0"),
                mistake(
                        o -> o.time("large"),
                        "\"large\" should be a time such as \"2026-11-23T21:56:17.339Z\" but is 12345678901234567890"),
                mistake(
                        o -> o.time("format"),
                        "\"format\" should be a time such as \"2026-11-23T21:56:17.339Z\" but is \"x\""),
                mistake(o -> o.string("count"), "\"count\" should be a string but is 3"),
                mistake(o -> o.string("none"), "\"none\" should be a string but is null"),
                mistake(o -> o.optionalString("task"), "\"task\" should be a string but is an object"),
                mistake(o -> o.number("format"), "\"format\" should be a number but is \"x\""),
                mistake(o -> o.bool("none"), "\"none\" should be true or false but is null"),
                mistake(o -> o.object("on"), "\"on\" should be an object but is true"),
                mistake(o -> o.list("task"), "\"task\" should be an array but is an object"),
                mistake(o -> o.object("task").bool("list"), "\"task.list\" should be true or false but is an array"),
                mistake(
                        o -> o.object("task").string("name"),
                        "\"task.name\" is missing; the keys are \"list\", \"id\""),
                mistake(
                        o -> o.raw("formats"),
                        "\"formats\" is missing; the keys are \"format\", \"count\", \"rate\", \"whole\", \"large\", \"on\","
                                + " \"none\", \"task\""));
    }

    private static Arguments mistake(Consumer<JsonObject> read, String message) {
        return Arguments.of(read, message);
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void accessors_missingKeyOrWrongType_nameSourceKeyAndValue(Consumer<JsonObject> read, String message) {
        assertThatThrownBy(() -> read.accept(OBJECT))
                .isInstanceOf(JsonException.class)
                .hasMessage("params.json: " + message);
    }

    @Test
    void number_integerBeyondDouble_isRefused() {
        var object = JsonObject.of(Json.parse("{\"n\": 1" + "0".repeat(400) + "}"), "x.json");

        assertThatThrownBy(() -> object.number("n"))
                .isInstanceOf(JsonException.class)
                .hasMessage(
                        "x.json: \"n\" should be a number in the range of a double but is 1" + "0".repeat(59) + "…");
    }

    @Test
    void of_noObject_isRefused() {
        assertThatThrownBy(() -> JsonObject.of(Json.parse("[1]"), "params.json"))
                .isInstanceOf(JsonException.class)
                .hasMessage("params.json: should be an object but is an array");
        assertThatThrownBy(() -> JsonObject.of(null, "params.json"))
                .isInstanceOfSatisfying(
                        JsonException.class,
                        e -> assertThat(e.line() + e.column()).isZero())
                .hasMessage("params.json: should be an object but is null");
    }

    @Test
    void raw_missingAmongNoneOrMany_saysSoShortly() {
        assertThatThrownBy(() -> JsonObject.of(Json.parse("{}"), "x.json").raw("a"))
                .hasMessage("x.json: \"a\" is missing; the object is empty");
        assertThatThrownBy(() -> JsonObject.of(
                                Json.parse(
                                        "{\"0\":0,\"1\":0,\"2\":0,\"3\":0,\"4\":0,\"5\":0,\"6\":0,\"7\":0,\"8\":0,\"9\":0,\"x\":0}"),
                                "x.json")
                        .raw("a"))
                .hasMessageEndingWith("\"8\", \"9\", …");
    }
}
