package org.experimaestro.tui.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.tui.wire.WireBeside;

/** The effects of keys on actions and services. */
final class BesideKeys {
    private BesideKeys() {}

    /** Executes, starts or opens what the cursor stands on: each is asked or shown first. */
    static List<Effect> open(Model model, BesidePlace place) {
        Optional<BesideLine> found = place.line(model.answers());
        if (found.isEmpty()) {
            return List.of();
        }
        BesideLine line = found.get();
        if (line.action().isPresent()) {
            return execute(model, place, line, line.action().get());
        }
        if (line.address().isPresent()) {
            return List.of(place.asking(line));
        }
        if (line.isActive()) {
            model.notice(line.name() + " is not ready yet.", false);
            return List.of();
        }
        boolean isElsewhere =
                line.last().filter(last -> last.state().equals("elsewhere")).isPresent();
        return plan("start", place.members(line), isElsewhere ? Map.of("hasEnded", true) : Map.of());
    }

    private static List<Effect> execute(Model model, BesidePlace place, BesideLine line, WireBeside.Action action) {
        if (!action.possible()) {
            model.notice(
                    "Cannot execute " + line.name() + ": " + action.reason().orElse("it is not possible now"), true);
            return List.of();
        }
        ActionForm form = ActionForm.of(action, place.members(line));
        if (action.questions().isEmpty()) {
            return List.of(form.plan());
        }
        model.show(form);
        return List.of();
    }

    /** Stops what the cursor stands on. */
    static List<Effect> stop(Model model, BesidePlace place) {
        Optional<BesideLine> line = place.line(model.answers());
        if (line.filter(BesideLine::isActive).isEmpty()) {
            line.ifPresent(idle -> model.notice(idle.name() + " does not run here.", false));
            return List.of();
        }
        return plan("stop", place.members(line.get()), Map.of());
    }

    private static List<Effect> plan(String action, Map<String, Object> members, Map<String, Object> more) {
        Map<String, Object> question = new LinkedHashMap<>(members);
        question.putAll(more);
        question.put("plan", true);
        return List.of(new Effect.PlanAction(action, question));
    }
}
