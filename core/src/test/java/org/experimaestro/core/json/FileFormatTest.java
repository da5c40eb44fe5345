package org.experimaestro.core.json;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileFormatTest {
    @ParameterizedTest
    @CsvSource(nullValues = "-", quoteCharacter = '\'', textBlock = """
            {"format": 2}, 2, 2, -
            {"format": 2}, 1, 3, -
            {"format": 3}, 1, 2, 'a.json: its format is 3, this version knows up to 2; update Experimaestro'
            {"format": 1}, 2, 2, 'a.json: its format is 1, this version reads 2; convert it'
            {"format": 1}, 2, 3, 'a.json: its format is 1, this version reads 2 and later ones; convert it'
            {"format": 0}, 1, 2, 'a.json: its format is 0, which no version writes'
            {"format": -1}, 2, 2, 'a.json: its format is -1, which no version writes'
            {}, 1, 2, 'a.json: "format" is missing; the object is empty'
            {"format": "2"}, 1, 2, 'a.json: "format" should be an integer but is "2"'
            {"format": 2.0}, 1, 2, 'a.json: "format" should be an integer but is 2.0'
            """)
    void require_formats_areThoseThatAreKnownOrTold(String json, int oldest, int latest, String message) {
        JsonObject file = JsonObject.of(Json.parse(json), "a.json");
        if (message == null) {
            assertThatCode(() -> FileFormat.require(file, oldest, latest, "convert it"))
                    .doesNotThrowAnyException();
        } else {
            assertThatThrownBy(() -> FileFormat.require(file, oldest, latest, "convert it"))
                    .isInstanceOf(JsonException.class)
                    .hasMessage(message);
        }
    }
}
