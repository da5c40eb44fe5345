package org.experimaestro.tui.draw;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.experimaestro.tui.Sample;
import org.experimaestro.tui.model.BesidePlace;
import org.experimaestro.tui.model.Effect;
import org.experimaestro.tui.model.JobPlace;
import org.experimaestro.tui.model.JobsPlace;
import org.experimaestro.tui.model.JobsSelection;
import org.experimaestro.tui.model.Message;
import org.experimaestro.tui.model.Model;
import org.experimaestro.tui.model.RunPlace;
import org.experimaestro.tui.model.Update;
import org.experimaestro.tui.screen.Glyphs;
import org.experimaestro.tui.screen.ScreenSize;
import org.experimaestro.tui.wire.WireAction;
import org.experimaestro.web.api.WireReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The drawings are compared with files; {@code -Dgolden.update=true} makes these anew. */
class ViewDrawTest {
    private static final DrawContext COLOURED = new DrawContext(ZoneOffset.UTC, true);
    private static final DrawContext PLAIN = new DrawContext(ZoneOffset.UTC, false);

    private static Model run(int columns, int rows) {
        Model model = Sample.model(columns, rows, new RunPlace("bm25-grid/latest"));
        Sample.answer(model, "runs/", Sample.run());
        return model;
    }

    private static Model jobs(int columns, int rows) {
        Model model = Sample.model(columns, rows, new JobsPlace(JobsSelection.of(Optional.of("bm25-grid/latest"), "")));
        Sample.answer(model, "jobs?", Sample.jobs(3));
        Sample.answer(model, "jobs/rows", Sample.rows("06ad686d", "f7932981", "09352394"));
        Sample.press(model, "j", "x");
        return model;
    }

    private static Model job(int columns, int rows, String log) {
        Model model = Sample.model(columns, rows, new JobPlace("ir.search/06ad686d"));
        List<Effect> effects = Update.of(
                model,
                new Message.Answered(
                        model.questions().getFirst(),
                        WireReader.read(model.questions().getFirst().type().asSubclass(Record.class), Sample.job())));
        Update.of(model, Sample.log(effects, log));
        return model;
    }

    private static final String LOG = """
            2398 11:53:41 INFO  search  topic 25
            \u001B[31mcoloured\u001B[0m \u001B]0;title\u0007
            \u6F22\u5B57 e\u0301 wide
            java.io.IOException: No space left on device
            """;

    private static void assertDrawn(String name, Model model, DrawContext context, Glyphs glyphs) throws IOException {
        String drawn = String.join("\n", ViewDraw.of(model, context).lines(glyphs)) + "\n";
        Path file = Path.of("src/test/resources/screens", name + ".txt");
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, drawn);
        }
        assertThat(drawn).isEqualTo(Files.readString(file));
        assertThat(drawn.lines().count()).isEqualTo(model.size().rows());
    }

    @ParameterizedTest
    @CsvSource({"80, 24", "100, 30", "200, 50"})
    void run_ofASize_isDrawn(int columns, int rows) throws IOException {
        assertDrawn("run-" + columns, run(columns, rows), COLOURED, Glyphs.UNICODE);
    }

    @ParameterizedTest
    @CsvSource({"80, 24", "100, 30", "200, 50"})
    void jobs_ofASize_areDrawn(int columns, int rows) throws IOException {
        assertDrawn("jobs-" + columns, jobs(columns, rows), COLOURED, Glyphs.UNICODE);
    }

    @ParameterizedTest
    @CsvSource({"80, 24", "100, 30", "200, 50"})
    void job_ofASize_isDrawn(int columns, int rows) throws IOException {
        assertDrawn("job-" + columns, job(columns, rows, LOG), COLOURED, Glyphs.UNICODE);
    }

    @ParameterizedTest
    @CsvSource({"80, 24", "100, 30"})
    void beside_ofASize_isDrawn(int columns, int rows) throws IOException {
        Model model = Sample.model(columns, rows, new BesidePlace("bm25-grid/latest", false));
        Sample.answer(model, "runs/", Sample.beside());
        assertDrawn("beside-" + columns, model, COLOURED, Glyphs.UNICODE);
    }

    @Test
    void form_ofAnAction_isDrawn() throws IOException {
        Model model = Sample.model(80, 24, new BesidePlace("bm25-grid/latest", false));
        Sample.answer(model, "runs/", Sample.beside());
        Sample.press(model, "Enter", "Down", "Down", "x");
        assertDrawn("beside-form", model, COLOURED, Glyphs.UNICODE);
    }

    @Test
    void run_ascii_hasNothingElse() throws IOException {
        assertDrawn("run-ascii", run(80, 24), PLAIN, Glyphs.ASCII);
        assertThat(String.join("", ViewDraw.of(run(80, 24), PLAIN).lines(Glyphs.ASCII))
                        .chars())
                .allMatch(each -> each < 0x7F);
    }

    @Test
    void job_searchWithoutColours_marksMatchesByBrackets() {
        Model model = job(80, 24, LOG);
        Sample.press(model, "/", "s", "p", "a", "c", "e", "Enter");

        assertThat(ViewDraw.of(model, PLAIN).lines(Glyphs.UNICODE)).anyMatch(line -> line.contains("No [space] left"));
        assertThat(ViewDraw.of(model, COLOURED).lines(Glyphs.UNICODE)).anyMatch(line -> line.contains("No space left"));
    }

    @Test
    void confirmation_saysWhatItIsFor() throws IOException {
        Model model = jobs(80, 24);
        String plan = """
                {"possible": [{"job": {"job": "ir.search/06ad686d", "shortId": "06ad686d", "state": "running",
                 "tags": {"k1": 1.5}}, "effect": "gets SIGTERM"}], "impossible": [{"job": {"job": "a/b"},
                 "reason": "it is done"}], "possibleTotal": 9, "impossibleTotal": 1, "plan": "x"}
                """;
        Effect.PlanAction asked = (Effect.PlanAction) Sample.press(model, "K").getFirst();
        Update.of(model, new Message.Planned(asked, WireReader.read(WireAction.class, plan)));

        assertDrawn("confirmation", model, COLOURED, Glyphs.UNICODE);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "5, 3", "20, 8", "300, 80"})
    void anySize_isDrawn(int columns, int rows) {
        for (Model model : List.of(run(columns, rows), jobs(columns, rows), job(columns, rows, LOG))) {
            assertThat(ViewDraw.of(model, COLOURED).size()).isEqualTo(new ScreenSize(columns, rows));
            Sample.press(model, "?");
            assertThat(ViewDraw.of(model, COLOURED).size()).isEqualTo(new ScreenSize(columns, rows));
        }
    }

    @Test
    void draw_again_isTheSame() {
        Model model = jobs(80, 24);

        assertThat(ViewDraw.of(model, COLOURED).lines(Glyphs.UNICODE))
                .isEqualTo(ViewDraw.of(model, COLOURED).lines(Glyphs.UNICODE));
    }

    @Test
    void run_former_saysOfWhichTimeItsStatesAre() {
        String former = Sample.run()
                .replace("\"state\": \"running\",\n", "\"state\": \"ended\", \"outcome\": \"failed\",\n")
                .replaceFirst("\"left\": \\{[^}]*},", "");

        assertThat(sentence(former)).contains("done", "failed", "states of now");
        assertThat(sentence(former.replace("\"total\": 250,", "\"total\": 250, \"changed\": 3,")))
                .contains("3 jobs are different now");
        assertThat(sentence(Sample.run())).doesNotContain("of now", "different now");
    }

    @Test
    void run_experimentWithATitle_isTold_withItsEnergy() {
        String drawn = sentence(Sample.run()
                .replace(
                        "\"total\": 250,",
                        "\"total\": 250, \"title\": \"BM25 on TREC\", \"description\": \"one line\\nand another\","
                                + " \"energy\": \"2.00 Wh of energy\","));

        assertThat(drawn).contains("BM25 on TREC", "one line", "and another", "2.00 Wh of energy");
        assertThat(sentence(Sample.run())).doesNotContain("About", "Energy");
    }

    private static String sentence(String answer) {
        Model model = Sample.model(200, 50, new RunPlace("x/latest"));
        Sample.answer(model, "runs/", answer);
        return String.join("\n", ViewDraw.of(model, COLOURED).lines(Glyphs.UNICODE));
    }

    @Test
    void hostileNames_neverReachTheCanvas() {
        Model model = Sample.model(200, 50, new RunPlace("x/latest"));
        Sample.answer(
                model,
                "runs/",
                Sample.run()
                        .replace("No space left", "\\u001b[2J\\u001b]52;c;eA==\\u0007\\u202e")
                        .replace("node05", "\\r\\n"));

        List<String> lines = ViewDraw.of(model, COLOURED).lines(Glyphs.UNICODE);

        assertThat(String.join("", lines).chars()).noneMatch(Character::isISOControl);
        assertThat(lines).anyMatch(line -> line.contains("\\u202E on device"));
    }
}
