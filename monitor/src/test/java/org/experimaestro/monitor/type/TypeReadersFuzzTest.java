package org.experimaestro.monitor.type;

import static org.assertj.core.api.Assertions.assertThat;

import org.experimaestro.core.json.JsonException;
import org.experimaestro.disturbance.fuzz.Fuzz;
import org.junit.jupiter.api.Test;

class TypeReadersFuzzTest {
    @Test
    void typeInfo_anyFile_isReadOrNamed() {
        Fuzz.of("type-info")
                .seeds("""
                        {"format": 1, "type": "t.adam", "class": "t.Adam", "version": 1, "task": false, "description": "",
                         "parameters": [{"name": "lr", "type": "List<double>", "required": false, "default": "1e-3",
                           "defaultFrom": null, "inId": false, "meta": false, "generatedPath": null, "content": false,
                           "min": 0, "max": 1.5, "oneOf": ["a"], "description": "rate", "was": null}]}
                        """)
                .words("\"version\": ", "\"parameters\": [", "\"was\": ", "\"min\": ")
                .refusedBy(JsonException.class)
                .bytes(bytes ->
                        assertThat(TypeInfoReader.read(bytes, "t.adam.json")).isNotNull());
    }

    @Test
    void storedDefault_anyTextAndType_isComparedOrNotKnown() {
        Fuzz.of("stored-default")
                .seeds(
                        "1e-3\0double",
                        "[1, 2]\0List<Integer>",
                        "{\"a\": [\"1 h\"]}\0Map<String, List<Duration>>",
                        "/a\0Path")
                .seeds("null\0Set<Color>")
                .words("\0", "Optional<", "Map<String, ", "Set<", ">", "List", "Color", "float")
                .text(text -> {
                    String[] parts = (text + "\0\0").split("\0", -1);
                    assertThat(StoredDefault.isEqual(parts[0], parts[1], 0.001)).isNotNull();
                    assertThat(StoredDefault.isEqual(parts[0], parts[1], parts[0]))
                            .isNotNull();
                });
    }
}
