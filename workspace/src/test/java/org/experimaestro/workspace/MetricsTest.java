package org.experimaestro.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.experimaestro.WorkspaceException;
import org.experimaestro.core.json.Json;
import org.experimaestro.core.json.JsonFile;
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
    void unitsOfEvents_valuesOfUnits_areApartFromTheMetric() throws IOException {
        Path events = Files.writeString(folder.resolve("events-1.jsonl"), """
                {"time":1,"metric":"ap","unit":"301","value":0.5}
                {"time":2,"metric":"ap","unit":"302","value":0.1}
                {"time":3,"metric":"p10","unit":"301","value":0.7}
                {"time":4,"metric":"ap","value":0.4}
                {"time":5,"metric":"ap","unit":"301","value":"NaN"}
                {"time":6,"metric":"ap","unit":"303","val""");

        assertThat(Metrics.unitsOfEvents(events, "ap")).containsExactly(entry("301", Double.NaN), entry("302", 0.1));
        assertThat(Metrics.unitsOfEvents(events, "none")).isEmpty();
        assertThat(Metrics.ofEvents(events)).containsExactly(entry("ap", 0.4));
    }

    @Test
    void ofEvents_writerDiedInTheMiddle_leavesTheLastLineOut() throws IOException {
        Path events = Files.writeString(folder.resolve("events-1.jsonl"), """
                {"time":1,"metric":"loss","value":0.5}
                {"time":2,"metric":"loss","val""");

        assertThat(Metrics.ofEvents(events)).containsExactly(entry("loss", 0.5));
    }

    @Test
    void ofEvents_manyNames_areReadUpToABound() throws IOException {
        Path events = folder.resolve("events-1.jsonl");
        write(events, 100_000);
        assertThat(Metrics.ofEvents(events)).hasSize(100_000);

        write(events, MetricValues.MOST + 1);

        assertThatThrownBy(() -> Metrics.ofEvents(events))
                .isInstanceOf(WorkspaceException.class)
                .hasMessageContaining("a job has at most 500000")
                .hasMessageContaining(events.toString());
    }

    private static void write(Path events, int count) throws IOException {
        try (BufferedWriter writer = Files.newBufferedWriter(events)) {
            for (int i = 0; i < count; i++) {
                writer.write("{\"time\":1,\"metric\":\"m" + i + "\",\"value\":0.5}\n");
            }
        }
    }

    @Test
    void put_namesThatAreTooLongTogether_areRefused() {
        MetricValues metrics = new MetricValues();
        metrics.put("a".repeat(MetricValues.MOST_CHARACTERS), 1);
        metrics.put("a".repeat(MetricValues.MOST_CHARACTERS), 2);

        assertThatThrownBy(() -> metrics.put("b", 1)).isInstanceOf(IllegalArgumentException.class);
        assertThat(metrics.view().values()).containsExactly(2.0);
    }

    @Test
    void done_asManyMetricsAsThereMayBe_areReadBack() throws IOException {
        MetricValues metrics = new MetricValues();
        String filling = "\u0001".repeat(MetricValues.MOST_CHARACTERS / MetricValues.MOST - 6);
        for (int i = 0; i < MetricValues.MOST; i++) {
            metrics.put(filling + i, -1.2345678901234567e-100);
        }
        Path file = Files.writeString(folder.resolve("done.json"), Json.write(Metrics.toJson(metrics.view())));

        assertThat(Metrics.fromJson(JsonFile.read(file, JsonFile.LARGE_BYTES))).hasSize(MetricValues.MOST);
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
