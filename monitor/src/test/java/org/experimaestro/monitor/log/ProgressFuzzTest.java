package org.experimaestro.monitor.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.experimaestro.disturbance.fuzz.Fuzz;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgressFuzzTest {
    @TempDir
    private Path folder;

    @Test
    void progress_ofAnyEvents_isReadOrLeftOut() {
        Path events = folder.resolve("events-1.jsonl");
        Fuzz.of("progress")
                .seeds(
                        "{\"time\":\"1970-01-01T00:00:00.001Z\",\"level\":0,\"progress\":0.5,\"description\":\"é\"}\n{\"metric\":\"a\",\"value\":1}\n")
                .words("\"progress\":", "\"level\":", "}\n")
                .bytes(bytes -> {
                    Files.write(events, bytes);
                    assertThat(ProgressReader.read(events)).isNotNull();
                });
    }
}
