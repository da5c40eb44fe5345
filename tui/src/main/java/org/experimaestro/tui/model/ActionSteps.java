package org.experimaestro.tui.model;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.experimaestro.tui.screen.KeyPress;
import org.experimaestro.tui.wire.WireAction;

/** The steps of an action: a plan, a question that only {@code y} confirms, the result, and perhaps undo. */
final class ActionSteps {
    private static final String CONFIRM = "y";
    private static final Map<String, String> DONE =
            Map.of("kill", "Killed ", "retry", "Retried ", "clean", "Cleaned ", "undo", "Brought back ");

    private ActionSteps() {}

    /** Asks for the plan of an action for what the cursor stands on, or what is selected. */
    static List<Effect> begin(Model model, String action) {
        return model.place()
                .subject(model.answers())
                .map(subject -> subject.members())
                .map(members -> List.<Effect>of(new Effect.PlanAction(action, Update.with(members, "plan", true))))
                .orElse(List.of());
    }

    static void planned(Model model, Message.Planned planned) {
        WireAction plan = planned.plan();
        if (plan.possibleTotal() == 0) {
            String reason = plan.impossible().isEmpty()
                    ? "there is none"
                    : plan.impossible().getFirst().reason();
            model.notice("Cannot " + planned.effect().action() + " any of these jobs: " + reason, true);
            return;
        }
        Map<String, Object> question = Update.with(planned.effect().question(), "plan", false);
        model.show(new Overlay.Confirmation(
                planned.effect().action(), Update.with(question, "planned", plan.plan()), plan));
    }

    static List<Effect> press(Model model, Overlay.Confirmation dialog, KeyPress key) {
        model.show(null);
        if (key.name().equals(CONFIRM)) {
            return List.of(new Effect.PerformAction(dialog.action(), dialog.question()));
        }
        model.notice("Nothing was changed.", false);
        return List.of();
    }

    static void performed(Model model, Message.Performed performed) {
        WireAction result = performed.result();
        String action = performed.effect().action();
        String jobs = jobs(result.possibleTotal());
        if (result.noted().isPresent()) {
            model.undo(Map.of("noted", result.noted().get().id()));
            model.notice("Will " + action + " " + jobs + " in 10 s. z undoes it.", false);
        } else {
            model.undo(result.undo()
                    .map(entry -> Map.<String, Object>of("entry", entry))
                    .orElse(Map.of()));
            String left = result.impossibleTotal() == 0
                    ? ""
                    : ", not " + jobs(result.impossibleTotal()) + ": "
                            + result.impossible().getFirst().reason();
            model.notice(
                    DONE.getOrDefault(action, action.toUpperCase(Locale.ROOT) + " ") + jobs + left + "."
                            + (result.undo().isPresent() && !action.equals("undo") ? " z brings them back." : ""),
                    result.impossibleTotal() > 0);
        }
        if (model.place() instanceof JobsPlace list) {
            list.clearSelected();
        }
    }

    static List<Effect> undo(Model model) {
        Map<String, Object> question = model.undo();
        model.undo(Map.of());
        if (question.isEmpty()) {
            model.notice("There is nothing to undo.", false);
            return List.of();
        }
        return List.of(new Effect.PerformAction("undo", question));
    }

    static String jobs(int number) {
        return String.format(Locale.ROOT, "%,d", number) + (number == 1 ? " job" : " jobs");
    }
}
