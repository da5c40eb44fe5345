package org.experimaestro.tui.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.experimaestro.tui.screen.KeyPress;
import org.junit.jupiter.api.Test;

class KeyTableTest {
    @Test
    void keys_ofTheDocumentation_areThoseOfTheView() throws IOException {
        List<String> table = Files.readAllLines(Path.of("../docs/terminal.md")).stream()
                .dropWhile(line -> !line.startsWith("| Screen | Keys"))
                .takeWhile(line -> line.startsWith("|"))
                .toList();

        assertThat(table).isEqualTo(KeyTable.markdown());
    }

    @Test
    void find_keyOfTheScreen_isBeforeThatOfAll() {
        assertThat(KeyTable.find(KeyScope.JOBS, "", KeyPress.of("s"))).contains(Intent.SORT);
        assertThat(KeyTable.find(KeyScope.JOB, "", KeyPress.of("s"))).contains(Intent.STREAM);
        assertThat(KeyTable.find(KeyScope.JOB, "g", KeyPress.of("j"))).contains(Intent.GO_JOBS);
    }

    @Test
    void keys_reservedByMultiplexers_areNotUsed() {
        assertThat(String.join("\n", KeyTable.markdown())).doesNotContain("Ctrl-a", "Ctrl-b", "Alt-");
    }

    @Test
    void intents_all_haveAKey() {
        for (Intent intent : Intent.values()) {
            assertThat(KeyTable.has(intent)).as(intent.toString()).isTrue();
        }
    }
}
