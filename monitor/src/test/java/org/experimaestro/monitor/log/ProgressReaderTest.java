package org.experimaestro.monitor.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgressReaderTest {
    private static final String METRIC = "{\"time\":1,\"metric\":\"loss\",\"value\":0.5}\n";

    @TempDir
    Path folder;

    private Path events;

    @BeforeEach
    void nameFile() {
        events = folder.resolve("events-1.jsonl");
    }

    @Test
    void read_noFile_isEmpty() {
        assertThat(ProgressReader.read(events)).isEmpty();
    }

    @Test
    void read_outerLevelGoesOn_forgetsTheInner() throws IOException {
        Files.writeString(events, event(0, 0.1) + event(1, 0.9) + METRIC + event(0, 0.2));
        assertThat(ProgressReader.read(events)).containsExactly(new Progress(0, 0.2, "at 0"));

        Files.writeString(events, event(0, 0.1) + event(1, 0.9) + METRIC);
        assertThat(ProgressReader.read(events))
                .containsExactly(new Progress(0, 0.1, "at 0"), new Progress(1, 0.9, "at 1"));
    }

    @Test
    void read_linesCutOrCorrupt_keepsTheRest() throws IOException {
        Files.writeString(events, event(0, 0.1) + "{\"time\":1,\"level\"\n" + "null\n" + event(1, 0.5) + "{\"ti");

        assertThat(ProgressReader.read(events))
                .containsExactly(new Progress(0, 0.1, "at 0"), new Progress(1, 0.5, "at 1"));
    }

    @Test
    void read_outerLevelFarFromTheEnd_isFound() throws IOException {
        Files.writeString(events, event(0, 0.1) + METRIC.repeat(5_000) + event(1, 0.5));

        assertThat(ProgressReader.read(events))
                .containsExactly(new Progress(0, 0.1, "at 0"), new Progress(1, 0.5, "at 1"));
    }

    private static String event(int level, double fraction) {
        return "{\"time\":1,\"level\":" + level + ",\"progress\":" + fraction + ",\"description\":\"at " + level
                + "\"}\n";
    }
}
