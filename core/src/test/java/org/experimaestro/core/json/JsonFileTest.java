package org.experimaestro.core.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    private Path written(String text) throws IOException {
        return Files.writeString(folder.resolve("file.json"), text);
    }
}
