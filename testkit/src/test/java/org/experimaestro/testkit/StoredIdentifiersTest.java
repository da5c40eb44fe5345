package org.experimaestro.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.experimaestro.Config;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes that a file of identifiers detects. */
class StoredIdentifiersTest {
    @TempDir
    private Path folder;

    @AfterEach
    void compareAgain() {
        System.clearProperty(StoredIdentifiers.UPDATE);
    }

    private Path file() {
        return folder.resolve("new").resolve("identifiers.txt");
    }

    private void assertUnmoved(Map<String, Config<?>> configs) {
        StoredIdentifiers.in(file()).assertUnmoved(configs);
    }

    private void update(Map<String, Config<?>> configs) {
        System.setProperty(StoredIdentifiers.UPDATE, "true");
        assertUnmoved(configs);
        System.clearProperty(StoredIdentifiers.UPDATE);
    }

    @Test
    void assertUnmoved_noFile_saysHowToWriteIt() {
        assertThatThrownBy(() -> assertUnmoved(Map.of("three", WordsPlan.write(3))))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(file().toString())
                .hasMessageContaining("-Didentifiers.update=true");
        assertThat(file()).doesNotExist();
    }

    @Test
    void assertUnmoved_updated_holdsForTheSameAndIsSorted() throws IOException {
        Map<String, Config<?>> configs = Map.of("words  three", WordsPlan.write(3), "# five", WordsPlan.write(5));
        update(configs);

        assertThatCode(() -> assertUnmoved(configs)).doesNotThrowAnyException();
        assertThat(Files.readAllLines(file()))
                .hasSize(3)
                .endsWith(
                        WordsPlan.write(5).id() + "  # five", WordsPlan.write(3).id() + "  words  three");
    }

    @Test
    void assertUnmoved_movedGoneAndNew_namesEachAndWhatToDo() {
        update(Map.of("same", WordsPlan.write(3), "moves", WordsPlan.write(4), "goes", WordsPlan.write(5)));

        assertThatThrownBy(() -> assertUnmoved(
                        Map.of("same", WordsPlan.write(3), "moves", WordsPlan.write(6), "comes", WordsPlan.write(7))))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("moved: moves was " + WordsPlan.write(4).id() + ", is "
                        + WordsPlan.write(6).id())
                .hasMessageContaining("gone:  goes (" + WordsPlan.write(5).id() + ")")
                .hasMessageContaining("new:   comes (" + WordsPlan.write(7).id() + ")")
                .hasMessageContaining("-Didentifiers.update=true")
                .message()
                .doesNotContain("same");
    }

    @Test
    void assertUnmoved_damagedLine_namesIt() throws IOException {
        update(Map.of("three", WordsPlan.write(3)));
        Files.write(file(), List.of("# comment", "", "12345  three"));

        assertThatThrownBy(() -> assertUnmoved(Map.of("three", WordsPlan.write(3))))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(file() + ":3:")
                .hasMessageContaining("12345  three");
    }

    @Test
    void assertUnmoved_twoLinesForAName_areRefused() throws IOException {
        update(Map.of("three", WordsPlan.write(3)));
        String line = Files.readAllLines(file()).getLast();
        Files.write(file(), List.of(WordsPlan.write(4).id() + "  three", line));

        assertThatThrownBy(() -> assertUnmoved(Map.of("three", WordsPlan.write(3))))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(file() + ":2:")
                .hasMessageContaining("two lines for \"three\"");
    }

    @Test
    void assertUnmoved_nameThatCannotBeRead_isRefused() {
        for (String name : List.of("", " a", "a ", "a\nb")) {
            assertThatThrownBy(() -> assertUnmoved(Map.of(name, WordsPlan.write(3))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("\"" + name + "\"");
        }
    }
}
