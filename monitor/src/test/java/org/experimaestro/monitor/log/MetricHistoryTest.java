package org.experimaestro.monitor.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.experimaestro.WorkspaceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricHistoryTest {
    @TempDir
    private Path folder;

    @Test
    void read_events_hasAllValuesInTheirOrder() throws IOException {
        Path events = Files.writeString(folder.resolve("events"), """
                {"time":"1970-01-01T00:00:00.005Z","level":0,"progress":0.5,"description":"the \\"metric\\" of it"}
                {"time":"1970-01-01T00:00:00.007Z","metric":"loss","value":0.5,"step":10}
                {"time":"1970-01-01T00:00:00.008Z","metric":"map","value":"NaN"}
                {"time":"1970-01-01T00:00:00.009Z","metric":"loss","value":0.25,"step":20}
                {"time":"1970-01-01T00:00:00.009Z","metric":"loss","unit":"fold 1","value":0.125}
                {"time":"1970-01-01T00:00:00.009Z","metric":"loss","val
                {"time":"1970-01-01T00:00:00.010Z","metric":"loss","value":"x"}
                {"time":"1970-01-01T00:00:00.011Z","metric":"loss","value":1}""");

        assertThat(MetricHistory.read(events).keySet()).containsExactly("loss", "map");
        assertThat(MetricHistory.read(events).get("loss"))
                .isEqualTo(List.of(point(7, 10, 0.5), point(9, 20, 0.25), point(11, -1, 1)));
        assertThat(MetricHistory.read(events).get("map")).containsExactly(point(8, -1, Double.NaN));
    }

    private static MetricPoint point(long millis, long step, double value) {
        OptionalLong given = step < 0 ? OptionalLong.empty() : OptionalLong.of(step);
        return MetricPoint.of(Instant.ofEpochMilli(millis), given, value);
    }

    @Test
    void read_noFile_isEmpty() {
        assertThat(MetricHistory.read(folder.resolve("none"))).isEmpty();
    }

    @Test
    void read_folderInItsPlace_isAnError() throws IOException {
        Path events = Files.createDirectory(folder.resolve("events"));

        assertThatThrownBy(() -> MetricHistory.read(events))
                .isInstanceOf(WorkspaceException.class)
                .hasMessageContaining("a folder is in the place of a file");
    }
}
