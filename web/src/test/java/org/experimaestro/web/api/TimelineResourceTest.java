package org.experimaestro.web.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.experimaestro.core.json.Json;
import org.experimaestro.core.json.JsonObject;
import org.experimaestro.web.WrittenWorkspace;
import org.experimaestro.web.WrittenWorkspace.Submitted;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.RunEvent;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.RunJournal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The answers about a run whose jobs depend on each other: its timeline and its graph. */
class TimelineResourceTest {
    private static final Instant START = Instant.parse("2026-03-18T09:42:00Z");

    @TempDir
    private Path folder;

    private WrittenWorkspace written;
    private JobFolder index;
    private JobFolder search;
    private JobFolder fails;
    private @Nullable RunJournal journal;

    @BeforeEach
    void make() throws IOException {
        written = new WrittenWorkspace(folder);
        index = written.done("ir.index", 1, START, Map.of());
        search = written.done("ir.search", 2, START, Map.of());
        fails = written.failed("ir.search", 3, "no space");
    }

    @AfterEach
    void closeJournal() throws IOException {
        if (journal != null) {
            journal.close();
        }
    }

    private RunJournal journal(RunFolder run) throws IOException {
        RunJournal opened = run.openJournal();
        journal = opened;
        return opened;
    }

    private RunJournal run() throws IOException {
        RunFolder run = written.run(
                "grid",
                Map.of(),
                List.of(
                        new Submitted(index, Map.of("dataset", "trec")),
                        new Submitted(search, Map.of("dataset", "trec", "k1", 1), List.of(index)),
                        new Submitted(fails, Map.of("dataset", "trec", "k1", 2), List.of(index))));
        RunJournal opened = journal(run);
        WrittenWorkspace.journal(opened, index, phases("READY", 0, "RUNNING", 1, "DONE", 10));
        WrittenWorkspace.journal(opened, search, phases("WAITING", 0, "READY", 10, "RUNNING", 12, "DONE", 40));
        WrittenWorkspace.journal(opened, fails, phases("WAITING", 0, "READY", 10, "RUNNING", 11, "FAILED", 20));
        return opened;
    }

    private static Map<String, Instant> phases(Object... phases) {
        Map<String, Instant> times = new LinkedHashMap<>();
        for (int i = 0; i < phases.length; i += 2) {
            times.put((String) phases[i], START.plusSeconds((int) phases[i + 1]));
        }
        return times;
    }

    private static JsonObject item(JsonObject of, String list, int index) {
        return JsonObject.of(of.list(list).get(index), list);
    }

    @Test
    void timeline_ofARun_hasTheTurnsOfItsJournal_andItsCriticalPath() throws Exception {
        run();

        JsonObject timeline = written.answer("timeline?run=grid/latest&lanes=type");

        assertThat(timeline.string("from")).isEqualTo("2026-03-18T09:42:00Z");
        assertThat(timeline.string("to")).isEqualTo("2026-03-18T09:42:40Z");
        JsonObject lane = item(timeline, "lanes", 1);
        assertThat(lane.string("label")).isEqualTo("ir.search");
        JsonObject bar = item(lane, "bars", 0);
        assertThat(bar.object("job").string("job")).isEqualTo(fails.name());
        assertThat(bar.string("queued")).isEqualTo("2026-03-18T09:42:10Z");
        assertThat(bar.string("from")).isEqualTo("2026-03-18T09:42:11Z");
        assertThat(bar.string("to")).isEqualTo("2026-03-18T09:42:20Z");
        assertThat(item(lane, "bars", 1).integer("row")).isEqualTo(1);
        assertThat(timeline.list("critical").stream().map(Json::write).toList().toString())
                .containsSubsequence(index.name(), search.name())
                .doesNotContain(fails.name());
        assertThat(item(timeline, "queue", 0).integer("waiting")).isEqualTo(1);
    }

    @Test
    void timeline_linesThatAreAddedToTheJournal_areReadOnceEach() throws Exception {
        RunJournal opened = run();
        written.answer("timeline?run=grid/latest");
        WrittenWorkspace.journal(opened, fails, phases("READY", 50, "RUNNING", 51));

        JsonObject timeline = written.answer("timeline?run=grid/latest&lanes=experiment");

        JsonObject lane = item(timeline, "lanes", 0);
        assertThat(lane.string("label")).isEqualTo("grid");
        assertThat(lane.list("bars")).hasSize(4);
        assertThat(item(lane, "bars", 3).has("to")).isFalse();
    }

    @Test
    void timeline_ofAJobThatWasTriedAgain_hasTheEndOfEachAttempt() throws Exception {
        JobFolder tried = written.failed("ir.rank", 4, "no space");
        tried.claim(ProcessIdentity.current(), "grid/now");
        tried.attempt(2).begin(ProcessIdentity.current(), START.toEpochMilli());
        tried.attempt(2).done(START.toEpochMilli(), Map.of(), null);
        RunJournal opened = journal(written.run("grid", Map.of(), List.of(new Submitted(tried, Map.of()))));
        opened.add(new RunEvent(START, tried.name(), "RUNNING", OptionalInt.of(1), ""));
        opened.add(new RunEvent(START.plusSeconds(9), tried.name(), "FAILED", OptionalInt.of(1), "no space"));
        opened.add(new RunEvent(START.plusSeconds(10), tried.name(), "WAITING", OptionalInt.empty(), ""));
        opened.add(new RunEvent(START.plusSeconds(11), tried.name(), "RUNNING", OptionalInt.of(2), ""));
        opened.add(new RunEvent(START.plusSeconds(19), tried.name(), "DONE", OptionalInt.of(2), ""));

        JsonObject timeline = written.answer("timeline?run=grid/latest&lanes=type");

        JsonObject lane = item(timeline, "lanes", 0);
        assertThat(item(lane, "bars", 0).object("job").string("state")).isEqualTo("failed");
        assertThat(item(lane, "bars", 1).object("job").string("state")).isEqualTo("done");
        assertThat(item(timeline, "critical", 0).object("job").string("state")).isEqualTo("done");
    }

    @Test
    void timeline_ofARunThatEndedBeforeItsJobs_hasTheEndsOfTheirFiles() throws Exception {
        JobFolder tried = written.failed("ir.rank", 4, "no space");
        tried.claim(ProcessIdentity.current(), "grid/later");
        tried.attempt(2).begin(ProcessIdentity.current(), START.toEpochMilli());
        RunJournal opened = journal(written.run(
                "grid",
                Map.of("ended", START.toString(), "outcome", "STOPPED"),
                List.of(new Submitted(tried, Map.of()))));
        opened.add(new RunEvent(START, tried.name(), "RUNNING", OptionalInt.of(1), ""));

        JsonObject timeline = written.answer("timeline?run=grid/latest&lanes=type");

        JsonObject bar = item(item(timeline, "lanes", 0), "bars", 0);
        assertThat(bar.object("job").string("state")).isEqualTo("failed");
        assertThat(bar.has("to")).isTrue();

        // The files of an attempt that a later one has followed are read once.
        try (Stream<Path> files = Files.list(tried.internalFolder())) {
            for (Path file : files.filter(file -> file.toString().endsWith("failed-1.json"))
                    .toList()) {
                Files.delete(file);
            }
        }
        assertThat(written.answer("timeline?run=grid/latest&lanes=type").string("to"))
                .isEqualTo(timeline.string("to"));
    }

    @Test
    void timeline_withoutARun_hasTheLastAttempts() throws Exception {
        JsonObject timeline = written.answer("timeline?q=type%3Dir.index");

        assertThat(timeline.list("lanes")).hasSize(1);
        assertThat(item(item(timeline, "lanes", 0), "bars", 0).has("queued")).isFalse();
    }

    @Test
    void timeline_thousandsOfShortJobs_areMergedBars() throws Exception {
        List<Submitted> jobs = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            jobs.add(new Submitted(written.done("a.learn", i, START, Map.of()), Map.of("i", i)));
        }
        RunJournal opened = journal(written.run("grid", Map.of(), jobs));
        for (int turn = 0; turn < 200; turn++) {
            for (int i = 0; i < 40; i++) {
                int from = 40 * turn + i;
                WrittenWorkspace.journal(opened, jobs.get(i).job(), phases("RUNNING", from, "FAILED", from + 1));
            }
        }

        JsonObject timeline = written.answer("timeline?run=grid/latest&lanes=type");

        JsonObject lane = item(timeline, "lanes", 0);
        assertThat(lane.list("bars")).hasSizeBetween(1, 5_000);
        assertThat(item(lane, "bars", 0).object("merged").keys()).containsExactly("failed");
        assertThat(timeline.list("queue")).hasSizeLessThanOrEqualTo(2_001);
    }

    @Test
    void graph_ofTypesAndATag_hasCountsEdgesAndFilters() throws Exception {
        run();

        JsonObject graph = written.answer("graph?run=grid/latest&by=type,k1");

        assertThat(graph.list("nodes")).hasSize(3);
        JsonObject first = item(graph, "nodes", 0);
        assertThat(first.string("label")).isEqualTo("ir.index no k1");
        JsonObject failed = item(graph, "nodes", 2);
        assertThat(failed.string("label")).isEqualTo("ir.search k1=2");
        assertThat(failed.object("counts").integer("failed")).isEqualTo(1);
        assertThat(graph.list("edges")).hasSize(2);
        assertThat(item(graph, "edges", 0).string("from")).isEqualTo(first.string("key"));
        for (int i = 0; i < 3; i++) {
            String filter = URLEncoder.encode(item(graph, "nodes", i).string("filter"), StandardCharsets.UTF_8);
            assertThat(written.answer("jobs?run=grid/latest&q=" + filter).integer("selected"))
                    .isEqualTo(1);
        }
    }

    @Test
    void graph_aroundAJob_hasWhatItNeedsAndWhatNeedsIt() throws Exception {
        JobFolder[] chain = new JobFolder[6];
        List<Submitted> jobs = new ArrayList<>();
        for (int i = 0; i < chain.length; i++) {
            chain[i] = written.done("a.step", 10 + i, START, Map.of());
            jobs.add(new Submitted(chain[i], Map.of("i", i), i == 0 ? List.of() : List.of(chain[i - 1])));
        }
        written.run("chain", Map.of(), jobs);

        JsonObject graph = written.answer("graph?around=" + chain[2].name());

        assertThat(graph.list("nodes")).hasSize(5);
        assertThat(item(graph, "nodes", 0).string("key")).isEqualTo(chain[2].name());
        assertThat(item(graph, "nodes", 0).string("label")).isEqualTo("a.step i=2");
        assertThat(graph.list("nodes").toString()).doesNotContain(chain[5].name());
        assertThat(graph.list("edges")).hasSize(4);
        String filter = URLEncoder.encode(item(graph, "nodes", 0).string("filter"), StandardCharsets.UTF_8);
        assertThat(written.answer("jobs?q=" + filter).integer("selected")).isEqualTo(1);
        assertThatThrownBy(() -> written.answer("graph?around=a.step/gone")).hasMessageContaining("There is no job");
    }

    @Test
    void graph_tooManyGroups_isOfTypes_andSaysWhy() throws Exception {
        List<Submitted> jobs = new ArrayList<>();
        for (int i = 0; i < 70; i++) {
            jobs.add(new Submitted(written.done("a.learn", i, START, Map.of()), Map.of("i", i)));
        }
        written.run("grid", Map.of(), jobs);

        JsonObject graph = written.answer("graph?run=grid/latest&by=type,i");

        assertThat(graph.list("by")).isEqualTo(List.of("type"));
        assertThat(graph.string("coarser")).contains("Grouped by type, i there are more than 60 groups");
        assertThat(graph.list("nodes")).hasSize(1);
    }
}
