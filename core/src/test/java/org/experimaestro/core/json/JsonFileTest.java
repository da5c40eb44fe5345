package org.experimaestro.core.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonFileTest {
    private static final int MOST = 20;

    @TempDir
    Path folder;

    @Test
    void read_object_isReadUpToTheLimit() throws IOException {
        assertThat(JsonFile.read(written("{\"format\": 1}"), MOST).integer("format"))
                .isEqualTo(1);

        Path large = written("{\"format\": 1}" + " ".repeat(MOST));
        assertThatThrownBy(() -> JsonFile.read(large, MOST)).hasMessageContaining("larger than 20 bytes");
    }

    @Test
    void read_whatIsNoObject_isRefusedWithTheFile() throws IOException {
        Path file = written("[1");
        assertThatThrownBy(() -> JsonFile.read(file, MOST))
                .isInstanceOf(JsonException.class)
                .hasMessage(file + ": line 1, column 3: expected ',' or ']' but found the end of the text");

        Path list = written("[1]");
        assertThatThrownBy(() -> JsonFile.read(list, MOST))
                .isInstanceOf(JsonException.class)
                .hasMessage(list + ": should be an object but is an array");
    }

    @Test
    void read_noFileOrLink_saysSo() throws IOException {
        Path none = folder.resolve("none");
        assertThatThrownBy(() -> JsonFile.read(none, MOST)).isInstanceOf(NoSuchFileException.class);

        Path link = Files.createSymbolicLink(folder.resolve("link"), written("{}"));
        assertThatThrownBy(() -> JsonFile.read(link, MOST)).hasMessageContaining("symbolic link");
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "\"\n\u0007", "é", "日", "👩\u200D🚀", "\u0080"})
    void text_ofAnySize_isMadeIfAndOnlyIfItIsRead(String part) throws IOException {
        Map<String, Object> value = Map.of("a", List.of(Map.of("b", part.repeat(30)), part, 1.5, List.of(part)));
        int size = JsonFile.text(value, JsonFile.SMALL_BYTES).getBytes(StandardCharsets.UTF_8).length;

        String text = JsonFile.text(value, size);

        assertThat(text).isEqualTo(Json.write(value));
        assertThat(JsonFile.read(written(text), size).has("a")).isTrue();
        assertThatThrownBy(() -> JsonFile.text(value, size - 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("with it there are more than " + (size - 2) + " bytes");
    }

    @Test
    void text_tooLarge_namesThePlace() {
        assertThatThrownBy(() -> JsonFile.text(Map.of("a", List.of("x", "y".repeat(MOST))), MOST))
                .hasMessageContaining("cannot write \"a[1]\" as JSON: with it there are more than 19 bytes");
    }

    private Path written(String text) throws IOException {
        return Files.writeString(folder.resolve("file.json"), text);
    }
}
