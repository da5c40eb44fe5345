package org.experimaestro.tui.model;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.experimaestro.tui.screen.KeyPress;
import org.experimaestro.tui.wire.WireAction;
import org.experimaestro.tui.wire.WireNoted;

/** The steps of an action: a plan, a question that only {@code y} confirms, the result, and perhaps undo. */
final class ActionSteps {
    private static final String CONFIRM = "y";
    private static final Map<String, String> DONE =
            Map.of("kill", "Killed ", "retry", "Retried ", "clean", "Cleaned ", "undo", "Brought back ");

    private static final Set<String> RUN_ACTIONS = Set.of("pause", "resume", "set");
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,8}");
    private static final String NOTED = "noted";
    private static final Set<String> WAITING = Set.of(NOTED, "performing");

    private ActionSteps() {}

    /** Asks for the plan of an action for what the cursor stands on, or what is selected. */
    static List<Effect> begin(Model model, String action) {
        return model.place()
                .subject(model.answers())
                .map(subject -> subject.members())
                .map(members -> List.<Effect>of(new Effect.PlanAction(action, Update.with(members, "plan", true))))
                .orElse(List.of());
    }

    /** Asks for the plan of an action on a run itself. */
    static List<Effect> begin(RunPlace run, String action, Map<String, Object> members) {
        Map<String, Object> question = new LinkedHashMap<>(run.members());
        question.putAll(members);
        question.put("plan", true);
        return List.of(new Effect.PlanAction(action, question));
    }

    /** Asks for the plan to change how many jobs of a run run at once. */
    static List<Effect> setJobs(Model model, String text) {
        if (!(model.place() instanceof RunPlace run) || text.isEmpty()) {
            return List.of();
        }
        if (!NUMBER.matcher(text).matches()) {
            model.notice(
                    "Cannot change the jobs at once: found \"" + text + "\", expected a number from 1. Nothing was"
                            + " changed.",
                    true);
            return List.of();
        }
        return begin(run, "set", Map.of("jobsHere", Integer.parseInt(text)));
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
        Optional<WireNoted.Action> noted = result.noted();
        if (result.effect().isPresent()) {
            String effect = result.effect().get();
            boolean isOfRun = RUN_ACTIONS.contains(action);
            model.notice(isOfRun ? "The run: " + effect + "." : effect + ".", false);
        } else if (noted.isPresent()) {
            await(model, noted.get());
        } else if (performed.effect().question().containsKey(NOTED)) {
            model.notice("Taken back. Nothing was changed.", false);
        } else {
            Optional<String> reason = result.impossible().stream()
                    .map(WireAction.Impossible::reason)
                    .findFirst();
            model.undo(entry(result.undo()));
            tell(model, action, result.possibleTotal(), result.impossibleTotal(), reason);
        }
        if (model.place() instanceof JobsPlace list) {
            list.clearSelected();
        }
    }

    private static void await(Model model, WireNoted.Action action) {
        model.awaited().add(action.id());
        model.undo(Map.of(NOTED, action.id()));
        long seconds = Math.max(0, Duration.between(model.now(), action.until()).toSeconds());
        model.notice(
                "Will " + action.action() + " " + jobs(action.jobs()) + " in " + seconds + " s. z undoes it.", false);
    }

    private static Map<String, Object> entry(Optional<String> entry) {
        return entry.map(name -> Map.<String, Object>of("entry", name)).orElse(Map.of());
    }

    /** Tells what became of the actions of this view that have waited. */
    static void ended(Model model, WireNoted noted) {
        for (WireNoted.Action action : noted.actions()) {
            if (WAITING.contains(action.state()) || !model.awaited().remove(action.id())) {
                continue;
            }
            // z is for the newest action: another one may have been confirmed since.
            if (model.undo().equals(Map.of(NOTED, action.id()))) {
                model.undo(entry(action.undo()));
            }
            if (action.state().equals("done")) {
                tell(model, action.action(), action.possibleTotal(), action.impossibleTotal(), action.reason());
            } else if (action.state().equals("refused")) {
                model.notice(
                        "Could not " + action.action() + " " + jobs(action.jobs())
                                + action.reason().map(why -> ": " + why).orElse("."),
                        true);
            }
        }
    }

    private static void tell(Model model, String action, int changed, int left, Optional<String> reason) {
        String others = left == 0
                ? ""
                : ", not " + jobs(left) + reason.map(why -> ": " + why).orElse("");
        model.notice(
                DONE.getOrDefault(action, action.toUpperCase(Locale.ROOT) + " ") + jobs(changed) + others + "."
                        + (model.undo().containsKey("entry") ? " z brings them back." : ""),
                left > 0);
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
