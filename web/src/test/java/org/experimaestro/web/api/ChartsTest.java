package org.experimaestro.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.experimaestro.core.json.JsonObject;
import org.experimaestro.core.json.TimeText;
import org.experimaestro.web.WrittenWorkspace;
import org.experimaestro.web.WrittenWorkspace.Submitted;
import org.experimaestro.workspace.JobFolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChartsTest {
    private static final Instant START = Instant.parse("2026-03-18T09:42:00Z");

    @TempDir
    private Path folder;

    private final List<Submitted> submitted = new ArrayList<>();
    private WrittenWorkspace written;

    @BeforeEach
    void make() {
        written = new WrittenWorkspace(folder);
    }

    private JsonObject ask(String question) throws IOException {
        if (written.workspace().experiments().isEmpty()) {
            written.run("grid", Map.of(), submitted);
        }
        return written.answer(question);
    }

    private JsonObject history(String parameters) throws IOException {
        return ask("charts/history?run=grid/latest" + parameters);
    }

    private JsonObject points(String parameters) throws IOException {
        return ask("charts/points?run=grid/latest" + parameters);
    }

    private static String loss(int step, double value) {
        return "{\"time\": \"" + TimeText.of(START.plusSeconds(step).toEpochMilli())
                + "\", \"metric\": \"loss\", \"step\": " + step + ", \"value\": " + value + "}";
    }

    private static JsonObject item(JsonObject of, String list, int index) {
        return JsonObject.of(of.list(list).get(index), list);
    }

    private void done(int number, Map<String, Object> tags, double map) throws IOException {
        submitted.add(new Submitted(written.done("ir.search", number, START, Map.of("MAP", map)), tags));
    }

    @Test
    void history_runningJob_hasItsValues_andThenThoseThatWereAdded() throws Exception {
        JobFolder job = written.begun("a.learn", 1, START);
        submitted.add(new Submitted(job, Map.of("lr", 0.1)));
        WrittenWorkspace.tell(job, loss(1, 0.5), "{\"progress\": 0.5}", loss(2, 0.25));

        JsonObject first = history("");
        assertThat(first.string("metric")).isEqualTo("loss");
        assertThat(first.string("x")).isEqualTo("step");
        assertThat(item(first, "lines", 0).list("points")).hasToString("[[1, 0.5], [2, 0.25]]");

        WrittenWorkspace.tell(job, loss(3, 0.125));
        assertThat(item(history(""), "lines", 0).list("points")).hasToString("[[1, 0.5], [2, 0.25], [3, 0.125]]");
        assertThat(item(history("&x=seconds"), "lines", 0).list("points"))
                .hasToString("[[1.0, 0.5], [2.0, 0.25], [3.0, 0.125]]");
    }

    @Test
    void history_lineThatIsNotWholeYet_isReadWhenItIs() throws Exception {
        JobFolder job = written.begun("a.learn", 1, START);
        submitted.add(new Submitted(job, Map.of()));
        Files.writeString(job.events(1), loss(1, 0.5) + "\n" + loss(2, 0.25).substring(0, 30));
        assertThat(item(history(""), "lines", 0).list("points")).hasSize(1);

        Files.writeString(job.events(1), loss(1, 0.5) + "\n" + loss(2, 0.25) + "\n");
        assertThat(item(history(""), "lines", 0).list("points")).hasToString("[[1, 0.5], [2, 0.25]]");
    }

    @Test
    void history_manyValues_areAtMost2000PointsWithThePeak() throws Exception {
        JobFolder job = written.begun("a.learn", 1, START);
        submitted.add(new Submitted(job, Map.of()));
        List<String> lines = new ArrayList<>();
        for (int step = 0; step < 30_000; step++) {
            lines.add(loss(step, step == 12_345 ? 9 : 1));
        }
        WrittenWorkspace.tell(job, lines.toArray(String[]::new));

        JsonObject line = item(history(""), "lines", 0);

        assertThat(line.list("points")).hasSizeBetween(300, 2_000).contains(List.of(12_345L, 9.0));
        assertThat(line.bool("isReduced")).isTrue();
    }

    @Test
    void history_manyJobs_hasFiftyLines_thoseThatRunFirst() throws Exception {
        for (int i = 1; i <= 60; i++) {
            JobFolder job = written.done("a.learn", i, START.plusSeconds(i), Map.of("loss", 1.0));
            WrittenWorkspace.tell(job, loss(1, 1.0));
            submitted.add(new Submitted(job, Map.of()));
        }
        JobFolder running = written.begun("a.learn", 99, START);
        WrittenWorkspace.tell(running, loss(1, 1.0));
        submitted.add(new Submitted(running, Map.of()));

        JsonObject answer = history("&metric=loss");

        assertThat(answer.list("lines")).hasSize(50);
        assertThat(answer.integer("lineTotal")).isEqualTo(61);
        assertThat(item(answer, "lines", 0).object("job").string("job")).isEqualTo(running.name());
    }

    @Test
    void points_replicates_haveAMean_andSayHowManyAreMissing() throws Exception {
        done(1, Map.of("k1", 1.2, "dataset", "robust", "seed", 1), 0.3);
        done(2, Map.of("k1", 1.2, "dataset", "robust", "seed", 2), 0.5);
        done(3, Map.of("k1", 0.6, "dataset", "robust", "seed", 1), 0.2);
        submitted.add(new Submitted(
                written.failed("ir.search", 4, "no space"), Map.of("k1", 0.6, "dataset", "robust", "seed", 2)));
        done(5, Map.of("k1", 0.6, "dataset", "trec", "seed", 1), 0.1);

        JsonObject answer = points("");

        assertThat(answer.string("x")).isEqualTo("k1");
        assertThat(answer.bool("isNumeric")).isTrue();
        assertThat(answer.list("by")).isEqualTo(List.of("dataset"));
        JsonObject robust = item(answer, "series", 0);
        assertThat(robust.string("label")).isEqualTo("dataset=robust");
        JsonObject incomplete = item(robust, "points", 0);
        assertThat(incomplete.number("x")).isEqualTo(0.6);
        assertThat(incomplete.integer("n")).isEqualTo(1);
        assertThat(incomplete.integer("expected")).isEqualTo(2);
        JsonObject complete = item(robust, "points", 1);
        assertThat(complete.number("mean")).isEqualTo(0.4);
        assertThat(complete.number("low")).isEqualTo(0.3);
        assertThat(complete.number("high")).isEqualTo(0.5);
    }

    @Test
    void points_jobsThatAreNoReplicates_haveARangeAndNoMean() throws Exception {
        done(1, Map.of("k1", 1.2, "b", 0.4), 0.3);
        done(2, Map.of("k1", 1.2, "b", 0.8), 0.5);
        done(3, Map.of("k1", 0.6, "b", 0.8), 0.5);

        JsonObject mixed = item(item(points("&x=k1&by="), "series", 0), "points", 1);

        assertThat(mixed.has("mean")).isFalse();
        assertThat(mixed.number("low")).isEqualTo(0.3);
        assertThat(mixed.number("high")).isEqualTo(0.5);
    }

    @Test
    void charts_withoutMetrics_areEmpty() throws Exception {
        submitted.add(new Submitted(written.failed("ir.search", 1, "no space"), Map.of("k1", 1)));

        assertThat(points("").list("series")).isEmpty();
        assertThat(history("").list("lines")).isEmpty();
    }
}
