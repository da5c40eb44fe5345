package org.experimaestro.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.data.Offset;
import org.experimaestro.core.json.JsonObject;
import org.experimaestro.web.WrittenWorkspace;
import org.experimaestro.web.WrittenWorkspace.Submitted;
import org.experimaestro.workspace.JobFolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableResourceTest {
    @TempDir
    private Path folder;

    private final List<Submitted> submitted = new ArrayList<>();
    private WrittenWorkspace written;
    private int number;

    @BeforeEach
    void make() throws IOException {
        written = new WrittenWorkspace(folder);
        for (String dataset : List.of("robust", "trec")) {
            for (double k1 : List.of(0.6, 0.9, 1.2)) {
                for (int seed = 1; seed <= 3; seed++) {
                    add(Map.of("k1", k1, "dataset", dataset, "seed", seed), k1 / 4 + seed / 100.0);
                }
            }
        }
    }

    private void add(Map<String, Object> tags, double map) throws IOException {
        number++;
        JobFolder job =
                written.done("ir.evaluate", number, Instant.now(), new TreeMap<>(Map.of("MAP", map, "loss", 1 - map)));
        submitted.add(new Submitted(job, tags));
    }

    private JsonObject table(String parameters) throws IOException {
        if (written.workspace().experiments().isEmpty()) {
            written.run("grid", Map.of(), submitted);
        }
        return written.answer("table?run=grid/latest&" + parameters);
    }

    private static JsonObject cell(JsonObject table, int line, int column) {
        JsonObject row = JsonObject.of(table.list("lines").get(line), "line");
        return JsonObject.of(row.list("cells").get(column), "cell");
    }

    @Test
    void answer_withoutParameters_givesEachTagAPlace_andMeansOverTheSeed() throws Exception {
        JsonObject table = table("");

        assertThat(table.list("rows")).isEqualTo(List.of("k1"));
        assertThat(table.list("cols")).isEqualTo(List.of("dataset"));
        assertThat(table.list("over")).isEqualTo(List.of("seed"));
        assertThat(table.list("metrics")).isEqualTo(List.of("MAP", "loss"));
        assertThat(table.has("problem")).isFalse();
        assertThat(table.list("lines")).hasSize(3);
        assertThat(table.list("legend").getLast()).asString().contains("Means are over seed");
        assertThat(table.object("choices").list("tags")).isEqualTo(List.of("dataset", "k1", "seed"));
    }

    @Test
    void answer_tagThatFollowsFromAnother_hasNoPlace() throws Exception {
        List<Submitted> twins = submitted.stream()
                .map(job -> {
                    Map<String, Object> tags = new TreeMap<>(job.tags());
                    tags.put("label", "k1 is " + tags.get("k1"));
                    return new Submitted(job.job(), tags);
                })
                .toList();
        submitted.clear();
        submitted.addAll(twins);

        JsonObject table = table("");

        assertThat(table.has("problem")).isFalse();
        assertThat(table.list("rows")).isEqualTo(List.of("k1"));
        assertThat(table.list("cols")).isEqualTo(List.of("dataset"));
    }

    @Test
    void answer_cell_hasItsTextItsNumbersAndTheFilterOfItsJobs() throws Exception {
        JsonObject table = table("metrics=MAP");
        JsonObject cell = cell(table, 2, 1);

        assertThat(cell.string("text")).startsWith("0.320 \u00b1 0.0");
        assertThat(cell.number("mean")).isCloseTo(0.32, Offset.offset(1e-9));
        assertThat(cell.integer("n")).isEqualTo(3);
        assertThat(cell.bool("isBest")).isTrue();
        assertThat(cell.string("filter")).isEqualTo("type=ir.evaluate and tag.k1=1.2 and tag.dataset=trec");
        String filter = URLEncoder.encode(cell.string("filter"), StandardCharsets.UTF_8);
        assertThat(table("rows=seed&q=" + filter).list("lines")).hasSize(3);
    }

    @Test
    void answer_losses_areBestWhereTheyAreLowest() throws Exception {
        JsonObject table = table("metrics=MAP,loss");
        assertThat(cell(table, 2, 1).bool("isBest")).isTrue();
        assertThat(table.string("command")).contains("--highest MAP --lowest loss");
        assertThat(table.list("lowest")).isEqualTo(List.of("loss"));

        JsonObject reversed = table("metrics=MAP&lowest=MAP");
        assertThat(cell(reversed, 0, 0).bool("isBest")).isTrue();
    }

    @Test
    void answer_cellWithAFailedReplicate_saysWhatIsMissing() throws Exception {
        submitted.add(new Submitted(
                written.failed("ir.evaluate", 90, "no space"), Map.of("k1", 0.6, "dataset", "trec", "seed", 4)));
        add(Map.of("k1", 0.9, "dataset", "trec", "seed", 4), 0.3);

        JsonObject cell = cell(table("metrics=MAP"), 0, 1);

        assertThat(cell.integer("n")).isEqualTo(3);
        assertThat(cell.integer("missing")).isEqualTo(1);
        assertThat(cell.object("states").integer("failed")).isEqualTo(1);
        assertThat(cell.bool("isBest")).isFalse();
    }

    @Test
    void answer_mixtureThatIsNoReplicate_isAProblemInWords() throws Exception {
        JsonObject table = table("rows=k1&cols=&over=seed");

        assertThat(table.string("problem")).startsWith("Cannot compute the cell k1=0.6: its 6 jobs are no replicates");
        assertThat(table.list("lines")).isEmpty();
        assertThat(table.object("choices").list("metrics")).isEqualTo(List.of("MAP", "loss"));
    }

    @Test
    void answer_jobsOfNoRun_isAProblemInWords() throws Exception {
        assertThat(table("q=k1%3D7").string("problem")).startsWith("Cannot make a table of the jobs of no experiment");
    }

    @Test
    void command_isThatOfTheCommandLine_withTheRunAndTheFilter() throws Exception {
        String run = written.run("grid", Map.of(), submitted).name();

        assertThat(table("rows=k1&cols=dataset&over=seed&metrics=MAP&ci=90&best=row&q=k1%3E0.6")
                        .string("command"))
                .isEqualTo(
                        "experimaestro table --workdir " + written.workspace().root()
                                + " --filter 'run=grid/" + run + " and k1>0.6' --rows k1 --columns dataset --metric MAP"
                                + " --over seed --confidence 0.9 --highest MAP --best row");
    }
}
