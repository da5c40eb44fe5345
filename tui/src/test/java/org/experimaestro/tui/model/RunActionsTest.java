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
import org.experimaestro.web.api.WireReader;
import org.junit.jupiter.api.Test;

/** Actions on a run itself: to pause it, to resume it, and to change how many of its jobs run at once. */
class RunActionsTest {
    private static Model run() {
        Model model = Sample.model(80, 24, new RunPlace("bm25-grid/latest"));
        Sample.answer(model, "runs/", Sample.run());
        return model;
    }

    private static String told(Model model) {
        return model.notice().orElseThrow().text();
    }

    private static Model planned(Model model, List<Effect> effects) {
        String plan = "{\"possibleTotal\": 1, \"plan\": \"digest\", \"effect\": \"jobs wait; jobs that run go on\"}";
        Update.of(
                model,
                new Message.Planned((Effect.PlanAction) effects.getFirst(), WireReader.read(WireAction.class, plan)));
        return model;
    }

    @Test
    void pause_ofARun_isConfirmedByYAlone_andResumedOnceItIsPaused() {
        Model model = run();
        assertThat(Sample.press(planned(model, Sample.press(model, "P")), "P")).isEmpty(); // keys repeat

        List<Effect> effects = Sample.press(model, "P");
        assertThat(drawn(planned(model, effects))).contains("Pause the run?", "Jobs that run go on.");
        assertThat(Sample.press(model, "y"))
                .containsExactly(new Effect.PerformAction(
                        "pause", Map.of("run", "bm25-grid/latest", "plan", false, "planned", "digest")));
        String result = "{\"possibleTotal\": 1, \"done\": true, \"effect\": \"no more jobs are started\"}";
        Update.of(
                model,
                new Message.Performed(
                        new Effect.PerformAction("pause", Map.of()), WireReader.read(WireAction.class, result)));
        assertThat(told(model)).isEqualTo("The run: no more jobs are started.");

        Sample.answer(
                model,
                "runs/",
                Sample.run()
                        .replace(
                                "\"started\": \"2026-03-18T09",
                                "\"paused\": \"2026-03-18T11:00:00Z\", \"started\": \"2026-03-18T09"));
        assertThat(drawn(model)).contains("paused since 11:00");
        assertThat(Sample.press(model, "P"))
                .containsExactly(new Effect.PlanAction("resume", Map.of("run", "bm25-grid/latest", "plan", true)));
    }

    @Test
    void jobsAtOnce_ofARun_areTypedAndPlanned() {
        Model model = Sample.model(80, 24, new RunPlace("bm25-grid/latest"));
        Sample.answer(model, "runs/", Sample.run().replace("\"total\": 250", "\"jobsHere\": 4, \"total\": 250"));
        Sample.press(model, "J");
        assertThat(drawn(model)).contains("jobs at once: 4");

        assertThat(Sample.press(model, "Backspace", "8", "Enter"))
                .containsExactly(
                        new Effect.PlanAction("set", Map.of("run", "bm25-grid/latest", "jobsHere", 8, "plan", true)));
        assertThat(Sample.press(model, "J", "x", "Enter")).isEmpty();
        assertThat(told(model)).contains("found \"4x\", expected a number");
    }

    private static String drawn(Model model) {
        return String.join(
                "\n", ViewDraw.of(model, new DrawContext(ZoneOffset.UTC, false)).lines(Glyphs.UNICODE));
    }
}
