package org.experimaestro.monitor.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgressReaderTest {
    private static final String METRIC = "{\"time\":\"1970-01-01T00:00:00.001Z\",\"metric\":\"loss\",\"value\":0.5}\n";

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
        Files.writeString(
                events,
                event(0, 0.1) + "{\"time\":\"1970-01-01T00:00:00.001Z\",\"level\"\n" + "null\n" + event(1, 0.5)
                        + "{\"ti");

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
        return "{\"time\":\"1970-01-01T00:00:00.001Z\",\"level\":" + level + ",\"progress\":" + fraction
                + ",\"description\":\"at " + level + "\"}\n";
    }

    /** Whatever is appended, and wherever a line is cut for now, the last whole progress of each level counts. */
    @Test
    void read_fileThatGrows_hasTheLastOfEachLevel() throws IOException {
        Random random = new Random(9);
        Path events = folder.resolve("growing");
        Files.createFile(events);
        SortedMap<Integer, Double> expected = new TreeMap<>();
        for (int i = 0; i < 200; i++) {
            int level = random.nextInt(3);
            double fraction = random.nextInt(100) / 100.0;
            String line = "{\"time\":\"1970-01-01T00:00:00.001Z\",\"level\":" + level + ",\"progress\":" + fraction
                    + ",\"description\":\"\"}";
            int cut = random.nextInt(line.length());
            Files.writeString(events, line.substring(0, cut), StandardOpenOption.APPEND);
            assertThat(fractions(events)).isEqualTo(expected);
            Files.writeString(events, line.substring(cut) + "\n", StandardOpenOption.APPEND);
            expected.tailMap(level).clear();
            expected.put(level, fraction);
            assertThat(fractions(events)).isEqualTo(expected);
        }
    }

    private static SortedMap<Integer, Double> fractions(Path events) {
        SortedMap<Integer, Double> fractions = new TreeMap<>();
        ProgressReader.read(events).forEach(progress -> fractions.put(progress.level(), progress.fraction()));
        return fractions;
    }
}
