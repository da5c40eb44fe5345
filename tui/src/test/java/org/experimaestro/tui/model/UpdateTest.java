package org.experimaestro.tui.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.experimaestro.tui.Sample;
import org.experimaestro.tui.draw.DrawContext;
import org.experimaestro.tui.draw.ViewDraw;
import org.experimaestro.tui.screen.Canvas;
import org.experimaestro.tui.screen.Glyphs;
import org.experimaestro.tui.screen.KeyPress;
import org.experimaestro.tui.screen.ScreenSize;
import org.experimaestro.tui.wire.WireAction;
import org.experimaestro.tui.wire.WireNoted;
import org.experimaestro.web.api.WireReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpdateTest {
    private static final String PLAN = """
            {"possible": [], "impossible": [], "possibleTotal": 1, "impossibleTotal": 0, "plan": "digest"}
            """;

    private static Model run() {
        Model model = Sample.model(80, 24, new RunPlace("bm25-grid/latest"));
        Sample.answer(model, "runs/", Sample.run());
        return model;
    }

    private static Model jobs(int size) {
        Model model = Sample.model(80, 24, new JobsPlace(JobsSelection.of(Optional.of("bm25-grid/latest"), "")));
        Sample.answer(model, "jobs?", Sample.jobs(size));
        return model;
    }

    private static Model openJobs() {
        Model model = jobs(3);
        Sample.answer(model, "jobs/rows", Sample.rows("0a", "0b", "0c"));
        return model;
    }

    private static JobsPlace list(Model model) {
        return (JobsPlace) model.place();
    }

    @ParameterizedTest
    @CsvSource({
        "'', type ir.index",
        "j, type ir.search",
        "j j j, failure ir.search java.io.IOException: No space left on device",
        "j k k, type ir.index",
        "G, waiting ir.search 30 of 30 places at cluster are taken",
        "G g g, type ir.index",
        "PageDown k, running ir.search/78f24450"
    })
    void run_keys_moveTheCursor(String keys, String cursor) {
        Model model = run();

        Sample.press(model, keys.isEmpty() ? new String[0] : keys.split(" "));

        assertThat(((RunPlace) model.place()).cursor(model.answers())).isEqualTo(cursor);
    }

    /** Clicks a line that has a text. */
    private static void click(Model model, String text) {
        Canvas canvas = ViewDraw.of(model, new DrawContext(ZoneOffset.UTC, false));
        model.drawn(canvas.ways());
        List<String> lines = canvas.lines(Glyphs.UNICODE);
        int row = IntStream.range(0, lines.size())
                .filter(each -> lines.get(each).contains(text))
                .findFirst()
                .orElseThrow();
        Update.of(model, new Message.Clicked(row));
    }

    @Test
    void click_onALine_movesTheCursor_andASecondOneOpens() {
        Model model = run();

        click(model, "No space left");
        assertThat(((RunPlace) model.place()).cursor(model.answers()))
                .isEqualTo("failure ir.search java.io.IOException: No space left on device");
        click(model, "Failures"); // a heading
        click(model, "30 of 30 places");
        assertThat(((RunPlace) model.place()).cursor(model.answers())).startsWith("waiting ir.search");
        click(model, "No space left");
        click(model, "No space left");
        assertThat(list(model).selection().filter()).isEqualTo("error~space");
    }

    @Test
    void click_inAList_countsLinesFromTheCursor() {
        Model model = openJobs();
        Sample.press(model, "j");

        click(model, "0c");
        assertThat(list(model).rowAtCursor(model.answers()).orElseThrow().job()).isEqualTo("ir.search/0c");
        click(model, "0a");
        assertThat(list(model).rowAtCursor(model.answers()).orElseThrow().job()).isEqualTo("ir.search/0a");
    }

    @Test
    void click_whileAQuestionIsAsked_answersNothing() {
        Model model = run();
        String cursor = ((RunPlace) model.place()).cursor(model.answers());
        Sample.press(model, "?");
        Optional<Overlay> shown = model.overlay();
        model.drawn(Map.of(5, 1, 6, 0));

        Update.of(model, new Message.Clicked(5));
        Update.of(model, new Message.Clicked(6));

        assertThat(model.overlay()).isEqualTo(shown).isPresent();
        assertThat(((RunPlace) model.place()).cursor(model.answers())).isEqualTo(cursor);
    }

    @Test
    void m_asksForTheMouse_andNoMore() {
        Model model = run();

        assertThat(Sample.press(model, "m")).containsExactly(new Effect.UseMouse(true));
        assertThat(Sample.press(model, "m")).containsExactly(new Effect.UseMouse(false));
    }

    @Test
    void run_enterOnFailures_opensTheirJobs() {
        Model model = run();

        Sample.press(model, "j", "j", "j", "Enter");

        assertThat(list(model).selection().filter()).isEqualTo("error~space");
        assertThat(list(model).run()).contains("bm25-grid/latest");
        Sample.press(model, "u");
        assertThat(model.place()).isInstanceOf(RunPlace.class);
    }

    @Test
    void jobs_hundredThousandRows_asksForThoseOnTheScreen() {
        Model model = jobs(100_000);
        Sample.press(model, "Enter", "G");

        assertThat(list(model).lines().size()).isEqualTo(100_002);
        Sample.press(model, "k", "k");
        assertThat(model.questions())
                .anyMatch(question -> question.path().contains("group=1.5&from=99900&count=100"))
                .hasSizeLessThan(5);
    }

    @Test
    void jobs_otherOrder_cursorStaysOnItsJob() {
        Model model = openJobs();
        Sample.press(model, "j", "j");
        assertThat(list(model).rowAtCursor(model.answers()).orElseThrow().job()).isEqualTo("ir.search/0b");

        Sample.answer(model, "jobs/rows", Sample.rows("0c", "0a", "0b"));

        assertThat(list(model).cursor()).isEqualTo(3);
        assertThat(list(model).rowAtCursor(model.answers()).orElseThrow().job()).isEqualTo("ir.search/0b");
    }

    @Test
    void jobs_resized_cursorStaysOnItsJob() {
        Model model = openJobs();
        Sample.press(model, "j", "j");

        Update.of(model, new Message.Resized(new ScreenSize(40, 10)));

        assertThat(list(model).rowAtCursor(model.answers()).orElseThrow().job()).isEqualTo("ir.search/0b");
    }

    @Test
    void jobs_fold_hidesTheRows() {
        Model model = openJobs();

        Sample.press(model, "h");
        assertThat(list(model).lines().size()).isEqualTo(5);
        Sample.press(model, "h");
        assertThat(list(model).lines().size()).isEqualTo(5);
        Sample.press(model, "l");
        assertThat(list(model).lines().size()).isEqualTo(8);
    }

    @Test
    void jobs_filterTyped_asksAtOnceAndEscBringsTheLastBack() {
        Model model = jobs(3);

        Sample.press(model, "/", "k", "1", "=", "2");
        assertThat(list(model).selection().filter()).isEqualTo("k1=2");
        assertThat(list(model).shown()).isPresent();

        Sample.press(model, "Esc");
        assertThat(list(model).selection().filter()).isEmpty();
        assertThat(model.overlay()).isEmpty();
    }

    @Test
    void jobs_tabInAFilter_completesTheName() {
        Model model = jobs(3);

        Sample.press(model, "/", "d", "a", "Tab");

        assertThat(list(model).selection().filter()).isEqualTo("dataset");
    }

    @Test
    void jobs_selectAll_actsOnTheFilter() {
        Model model = openJobs();

        List<Effect> effects = Sample.press(model, "a", "r");

        assertThat(effects)
                .singleElement()
                .isInstanceOfSatisfying(
                        Effect.PlanAction.class,
                        plan -> assertThat(plan.question())
                                .containsEntry("run", "bm25-grid/latest")
                                .containsEntry("q", "")
                                .doesNotContainKey("jobs"));
    }

    private static Model asked() {
        Model model = openJobs();
        Sample.press(model, "j");
        List<Effect> effects = Sample.press(model, "K");
        Update.of(
                model,
                new Message.Planned((Effect.PlanAction) effects.getFirst(), WireReader.read(WireAction.class, PLAN)));
        return model;
    }

    @Test
    void kill_keyThatBegan_onlyPlans() {
        List<Effect> effects = Sample.press(openJobs(), "j", "K");

        assertThat(effects)
                .singleElement()
                .isInstanceOfSatisfying(
                        Effect.PlanAction.class,
                        plan -> assertThat(plan.question())
                                .containsEntry("plan", true)
                                .containsEntry("jobs", List.of("ir.search/0a")));
    }

    @ParameterizedTest
    @CsvSource({"K", "Enter", "Esc", "n", "Y"})
    void kill_otherKeyThanY_changesNothing(String key) {
        Model model = asked();

        assertThat(Sample.press(model, key)).isEmpty();
        assertThat(model.overlay()).isEmpty();
        assertThat(Sample.press(model, "y")).noneMatch(Effect.PerformAction.class::isInstance);
    }

    @Test
    void kill_pastedY_changesNothing() {
        Model model = asked();

        assertThat(Update.of(model, new Message.Pressed(new KeyPress(KeyPress.PASTE, "y"))))
                .isEmpty();
    }

    @Test
    void kill_y_performsWhatWasPlanned() {
        assertThat(Sample.press(asked(), "y"))
                .singleElement()
                .isInstanceOfSatisfying(
                        Effect.PerformAction.class,
                        action -> assertThat(action.question())
                                .containsEntry("planned", "digest")
                                .containsEntry("plan", false)
                                .containsEntry("jobs", List.of("ir.search/0a")));
    }

    @Test
    void clean_done_canBeUndoneOnce() {
        Model model = openJobs();
        Effect.PerformAction action = new Effect.PerformAction("clean", Map.of());
        String result = "{\"possibleTotal\": 2, \"done\": true, \"undo\": \"entry-1\"}";
        Update.of(model, new Message.Performed(action, WireReader.read(WireAction.class, result)));

        assertThat(Sample.press(model, "z"))
                .containsExactly(new Effect.PerformAction("undo", Map.of("entry", "entry-1")));
        assertThat(Sample.press(model, "z")).isEmpty();
    }

    private static final String NOTED = """
            {"id": "%s", "action": "clean", "jobs": 2, "until": "2026-03-18T12:03:14Z", "state": "%s"%s}""";

    private static void note(Model model, String id) {
        String result = "{\"possibleTotal\": 2, \"noted\": " + NOTED.formatted(id, "noted", "") + "}";
        Update.of(
                model,
                new Message.Performed(
                        new Effect.PerformAction("clean", Map.of()), WireReader.read(WireAction.class, result)));
    }

    private static void end(Model model, String... actions) {
        String answer = "{\"actions\": [" + String.join(", ", actions) + "]}";
        Update.of(model, new Message.Answered(Questions.NOTED, WireReader.read(WireNoted.class, answer)));
    }

    private static String told(Model model) {
        return model.notice().orElseThrow().text();
    }

    @Test
    void clean_noted_isFollowedUntilItIsDone() {
        Model model = openJobs();
        assertThat(model.questions()).doesNotContain(Questions.NOTED);
        note(model, "7");
        assertThat(told(model)).startsWith("Will clean 2 jobs in ").endsWith(" s. z undoes it.");
        assertThat(model.questions()).contains(Questions.NOTED);

        end(model, NOTED.formatted("7", "performing", ""));
        assertThat(model.questions()).contains(Questions.NOTED);
        end(model, NOTED.formatted("7", "done", ", \"possibleTotal\": 2, \"undo\": \"entry-1\""));

        assertThat(told(model)).isEqualTo("Cleaned 2 jobs. z brings them back.");
        assertThat(model.questions()).doesNotContain(Questions.NOTED);
        assertThat(Sample.press(model, "z"))
                .containsExactly(new Effect.PerformAction("undo", Map.of("entry", "entry-1")));
    }

    @Test
    void clean_notedAndRefused_saysWhy() {
        Model model = openJobs();
        note(model, "7");

        end(model, NOTED.formatted("7", "refused", ", \"reason\": \"these are 1 job now\""));

        assertThat(told(model)).isEqualTo("Could not clean 2 jobs: these are 1 job now");
        assertThat(Sample.press(model, "z")).isEmpty();
    }

    @Test
    void undo_ofSeveralNotedActions_isForTheNewest() {
        Model model = openJobs();
        note(model, "7");
        note(model, "8");

        end(
                model,
                NOTED.formatted("7", "done", ", \"possibleTotal\": 2, \"undo\": \"entry-1\""),
                NOTED.formatted("8", "noted", ""));

        List<Effect> undo = Sample.press(model, "z");
        assertThat(undo).containsExactly(new Effect.PerformAction("undo", Map.of("noted", "8")));
        String result = "{\"possibleTotal\": 2, \"done\": true}";
        Update.of(
                model,
                new Message.Performed(
                        (Effect.PerformAction) undo.getFirst(), WireReader.read(WireAction.class, result)));
        assertThat(told(model)).isEqualTo("Taken back. Nothing was changed.");
    }

    @Test
    void paste_onAScreen_isNoKey() {
        Model model = openJobs();

        Update.of(model, new Message.Pressed(new KeyPress(KeyPress.PASTE, "q")));

        assertThat(model.isOver()).isFalse();
    }

    @Test
    void job_failed_opensItsErrorsAtTheEnd() {
        Model model = Sample.model(80, 24, new JobPlace("ir.search/06ad686d"));

        List<Effect> effects = answer(model);

        assertThat(effects)
                .singleElement()
                .isInstanceOfSatisfying(
                        Effect.ReadLog.class,
                        read -> assertThat(read.question().path())
                                .isEqualTo("jobs/ir.search/06ad686d/log?stream=err&count=262144"));
    }

    private static List<Effect> answer(Model model) {
        return Update.of(
                model,
                new Message.Answered(
                        model.questions().getFirst(),
                        WireReader.read(model.questions().getFirst().type().asSubclass(Record.class), Sample.job())));
    }

    @Test
    void job_upFromTheEnd_leavesIt_andFCatchesUp() {
        Model model = Sample.model(80, 24, new JobPlace("ir.search/06ad686d"));
        String text = String.join(
                "\n", IntStream.range(0, 100).mapToObj(i -> "line " + i).toList());
        Update.of(model, Sample.log(answer(model), text));
        JobPlace job = (JobPlace) model.place();
        assertThat(job.isFollowing()).isTrue();

        Sample.press(model, "k");
        assertThat(job.isFollowing()).isFalse();
        assertThat(job.top()).isLessThan(100 - 16);

        Sample.press(model, "f");
        assertThat(job.isFollowing()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"jobs, JobsPlace", "table, TablePlace", "runs, RunsPlace", "run, RunPlace"})
    void goTo_screen_shows(String name, String place) {
        Model model = run();
        Sample.press(model, ":");
        name.chars().forEach(each -> Sample.press(model, Character.toString(each)));
        Sample.press(model, "Enter");

        assertThat(model.place().getClass().getSimpleName()).isEqualTo(place);
    }

    @Test
    void goTo_identifier_looksForTheJob() {
        Model model = run();

        assertThat(Sample.press(model, ":", "0", "6", "Enter")).containsExactly(new Effect.FindJob("06"));
    }

    @Test
    void sequence_keyBetween_isForgotten() {
        Model model = run();

        Sample.press(model, "g", "x", "j");

        assertThat(model.place()).isInstanceOf(RunPlace.class);
    }

    @Test
    void leave_jobOfAnotherHost_namesTheCommandThatWorksHere() {
        Place job = new JobPlace("bm25.train/06ad686d000000000000000000000000");
        Model model = new Model(new ScreenSize(80, 24), Sample.NOW, job, Optional.of("cluster"), false);

        assertThat(model.summary()).isEqualTo("No job runs. Log: ssh cluster experimaestro jobs log 06ad686d");
    }

    @Test
    void leave_run_saysWhatGoesOn() {
        Model model = run();
        Sample.press(model, "q");

        assertThat(model.isOver()).isTrue();
        assertThat(model.summary()).isEqualTo("34 jobs go on.");
    }
}
