package org.experimaestro.tui.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.experimaestro.tui.Sample;
import org.experimaestro.tui.draw.DrawContext;
import org.experimaestro.tui.draw.ViewDraw;
import org.experimaestro.tui.screen.Glyphs;
import org.experimaestro.tui.wire.WireAction;
import org.experimaestro.tui.wire.WireAddress;
import org.experimaestro.tui.wire.WireLog;
import org.experimaestro.tui.wire.WireProblem;
import org.experimaestro.web.api.WireReader;
import org.junit.jupiter.api.Test;

/** The actions and services of a run. */
class BesidePlaceTest {
    private static final String RUN = "bm25-grid/latest";

    private static Model model(String json) {
        return model(json, false);
    }

    private static Model model(String json, boolean isFar) {
        Model model = Sample.model(100, 24, new BesidePlace(RUN, isFar));
        Sample.answer(model, "runs/", json);
        return model;
    }

    private static String drawn(Model model) {
        return String.join(
                "\n", ViewDraw.of(model, new DrawContext(ZoneOffset.UTC, false)).lines(Glyphs.UNICODE));
    }

    private static void logRead(Model model, Effect effect, String text, boolean isGrowing) {
        WireLog log = WireReader.read(WireLog.class, "{\"text\": \"" + text + "\", \"isGrowing\": " + isGrowing + "}");
        Update.of(model, new Message.TailRead((Effect.ReadTail) effect, log));
    }

    @Test
    void lines_haveStatesReasonsAndAddresses() {
        String drawn = drawn(model(Sample.beside()));

        assertThat(drawn)
                .contains("2 actions, 2 services on atlas", "done", "bm25.tar.gz", "never started")
                .contains("jobs that it needs are not done", "http://127.0.0.1:6006/")
                .contains("vanished");
    }

    @Test
    void log_ofTheLine_isReadOnceAndWhileItGrows() {
        Model model = Sample.model(100, 24, new BesidePlace(RUN, false));
        List<Effect> first = Update.of(
                model,
                new Message.Answered(
                        Questions.beside(RUN),
                        WireReader.read(Questions.beside(RUN).type(), Sample.beside())));
        assertThat(first)
                .singleElement()
                .isInstanceOfSatisfying(
                        Effect.ReadTail.class,
                        read -> assertThat(read.question().path())
                                .startsWith("runs/bm25-grid/latest/actions/export/2/log?count="));
        assertThat(Update.of(model, new Message.Beat(Sample.NOW, Sample.NOW))).isEmpty(); // it is being read
        logRead(model, first.getFirst(), "Writes the archive\\n", true);
        assertThat(drawn(model)).contains("Log of export", "Writes the archive");

        List<Effect> second = Update.of(model, new Message.Beat(Sample.NOW, Sample.NOW));
        assertThat(second).hasSize(1);
        logRead(model, second.getFirst(), "It is done\\n", false);
        assertThat(drawn(model)).contains("It is done");
        assertThat(Update.of(model, new Message.Beat(Sample.NOW, Sample.NOW))).isEmpty();

        assertThat(Sample.press(model, "j")).isEmpty(); // it was never executed
        assertThat(drawn(model)).contains("It was never executed.").doesNotContain("It is done");
    }

    @Test
    void action_isAskedCheckedAndConfirmedByYAlone() {
        Model model = model(Sample.beside());
        assertThat(Sample.press(model, "Enter")).isEmpty();
        assertThat(drawn(model)).contains("Which format? (trec, csv)", "trec", "How is the archive called?");

        Sample.press(model, "Right", "Enter"); // csv, and to the next question
        Sample.press(model, "Enter");
        assertThat(Sample.press(model, "Enter")).isEmpty();
        assertThat(drawn(model)).contains("An answer is needed");
        Sample.press(model, "a", ";", " ", "b");
        List<Effect> planned = Sample.press(model, "Enter");
        assertThat(planned)
                .containsExactly(new Effect.PlanAction(
                        "execute",
                        Map.of(
                                "run",
                                RUN,
                                "action",
                                "export",
                                "answers",
                                Map.of("format", List.of("csv"), "parts", List.of("runs"), "name", List.of("a; b")),
                                "plan",
                                true)));

        String plan = "{\"possibleTotal\": 1, \"plan\": \"digest\", \"effect\": \"executes export with name=a; b\"}";
        Update.of(
                model,
                new Message.Planned((Effect.PlanAction) planned.getFirst(), WireReader.read(WireAction.class, plan)));
        assertThat(drawn(model)).contains("Execute the action?", "Executes export with name=a; b.");
        assertThat(Sample.press(model, "y"))
                .singleElement()
                .isInstanceOfSatisfying(
                        Effect.PerformAction.class,
                        perform -> assertThat(perform.question()).containsEntry("planned", "digest"));
        String result = "{\"possibleTotal\": 1, \"done\": true, \"effect\": \"execution 3 of export has begun\"}";
        Update.of(
                model,
                new Message.Performed(
                        new Effect.PerformAction("execute", Map.of()), WireReader.read(WireAction.class, result)));
        assertThat(model.notice().orElseThrow().text()).isEqualTo("execution 3 of export has begun.");
    }

    @Test
    void actionThatIsNotPossible_saysWhy() {
        Model model = model(Sample.beside());
        assertThat(Sample.press(model, "j", "Enter")).isEmpty();
        assertThat(model.notice().orElseThrow().text()).contains("Cannot execute publish: jobs that it needs");
    }

    @Test
    void service_isStartedStoppedAndShownWithItsAddress() {
        Model model = model(Sample.beside());
        Sample.press(model, "j", "j");
        assertThat(Sample.press(model, "K")).noneMatch(Effect.PlanAction.class::isInstance);
        assertThat(Sample.press(model, "Enter"))
                .contains(new Effect.PlanAction("start", Map.of("run", RUN, "service", "notebook", "plan", true)));
        Sample.press(model, "j");
        assertThat(Sample.press(model, "K"))
                .contains(new Effect.PlanAction("stop", Map.of("run", RUN, "service", "tensorboard", "plan", true)));
    }

    @Test
    void serviceElsewhere_isReachedOnDemand() {
        Model model = model(Sample.beside(), true);
        assertThat(drawn(model)).doesNotContain("127.0.0.1:6006").contains("Enter shows the address");
        Sample.press(model, "j", "j", "j");
        Effect.FindAddress asked = asked(model);
        assertThat(asked.question().path()).isEqualTo("runs/bm25-grid/latest/services/tensorboard/address");
        Update.of(model, new Message.AddressFound(asked, new WireAddress("http://127.0.0.1:40001/")));
        assertThat(drawn(model)).contains("http://127.0.0.1:40001/");
        assertThat(Sample.press(model, "y")).contains(new Effect.CopyText("http://127.0.0.1:40001/"));

        Update.of(model, new Message.AddressFound(asked, new WireAddress("http://evil.example/")));
        assertThat(model.notice().orElseThrow().text()).contains("has no address of this machine");
        assertThat(drawn(model)).contains("http://127.0.0.1:40001/");
    }

    private static Effect.FindAddress asked(Model model) {
        return Sample.press(model, "Enter").stream()
                .filter(Effect.FindAddress.class::isInstance)
                .map(Effect.FindAddress.class::cast)
                .findFirst()
                .orElseThrow();
    }

    /** The port may be another one, the connection a new one, and the run that of another screen. */
    @Test
    void serviceElsewhere_addressOfAnother_isNotShown() {
        Model model = model(Sample.beside(), true);
        Sample.press(model, "j", "j", "j");
        Effect.FindAddress asked = asked(model);
        Message found = new Message.AddressFound(asked, new WireAddress("http://127.0.0.1:40001/"));
        Update.of(model, found);
        model.clearNotice();
        Sample.answer(model, "runs/", Sample.beside().replace("127.0.0.1:6006", "127.0.0.1:6007"));
        assertThat(drawn(model)).doesNotContain("127.0.0.1:40001").contains("Enter shows the address");

        Sample.answer(model, "runs/", Sample.beside());
        assertThat(drawn(model)).contains("127.0.0.1:40001");
        Update.of(model, new Message.Lost(WireProblem.of("cut")));
        assertThat(drawn(model)).doesNotContain("127.0.0.1:40001");

        String other = "bm25-grid/20260101-000000";
        model.go(new BesidePlace(other, true));
        Update.of(
                model,
                new Message.Answered(
                        Questions.beside(other),
                        WireReader.read(Questions.beside(other).type(), Sample.beside())));
        Update.of(model, found);
        assertThat(model.notice().orElseThrow().text()).contains("It is that of tensorboard");
        model.clearNotice();
        assertThat(drawn(model)).doesNotContain("127.0.0.1:40001");
    }

    @Test
    void serviceHere_addressThatIsNotLoopback_isNotShown() {
        Model model = model(Sample.beside().replace("http://127.0.0.1:6006/", "http://evil.example/"));
        assertThat(drawn(model)).doesNotContain("evil.example");
    }

    @Test
    void run_itsScreen_namesThem_andAOpensThem() {
        Model model = Sample.model(100, 60, new RunPlace(RUN));
        Sample.answer(model, "runs/", Sample.run().replace("\"total\": 250", "\"saved\": [\"best\"], \"total\": 250"));
        Update.of(
                model,
                new Message.Answered(
                        Questions.beside(RUN),
                        WireReader.read(Questions.beside(RUN).type(), Sample.beside())));
        assertThat(drawn(model)).contains("Actions and services", "tensorboard", "Saved for other experiments", "best");
        Sample.press(model, "A");
        assertThat(model.place()).isInstanceOf(BesidePlace.class);
        Sample.press(model, "u");
        assertThat(model.place()).isInstanceOf(RunPlace.class);
    }
}
