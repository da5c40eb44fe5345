package org.experimaestro.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.experimaestro.WorkspaceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsTest {
    @TempDir
    private Path folder;

    @Test
    void ofEvents_manyValues_keepsTheLastOfEachName() throws IOException {
        Path events = Files.writeString(folder.resolve("events-1.jsonl"), """
                {"time":1,"metric":"lo\u00dfs","value":0.5}
                {"time":2,"level":0,"progress":0.5,"description":"the \\"metric\\" is halfway"}
                {"time":3,"metric":"accuracy","value":"NaN"}
                {"time":4,"metric":"lo\u00dfs","value":0.25}
                """);

        assertThat(Metrics.ofEvents(events)).containsExactly(entry("lo\u00dfs", 0.25), entry("accuracy", Double.NaN));
    }

    @Test
    void ofEvents_writerDiedInTheMiddle_leavesTheLastLineOut() throws IOException {
        Path events = Files.writeString(folder.resolve("events-1.jsonl"), """
                {"time":1,"metric":"loss","value":0.5}
                {"time":2,"metric":"loss","val""");

        assertThat(Metrics.ofEvents(events)).containsExactly(entry("loss", 0.5));
    }

    @Test
    void ofEvents_noFile_isEmpty() {
        assertThat(Metrics.ofEvents(folder.resolve("events-1.jsonl"))).isEmpty();
    }

    @Test
    void ofEvents_damagedLine_isToldWithTheFile() throws IOException {
        Path events = Files.writeString(folder.resolve("events-1.jsonl"), "{\"metric\":}\n{}\n");

        assertThatThrownBy(() -> Metrics.ofEvents(events))
                .isInstanceOf(WorkspaceException.class)
                .hasMessageContaining(events.toString());
    }
}
