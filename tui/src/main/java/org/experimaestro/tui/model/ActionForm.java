package org.experimaestro.tui.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.tui.screen.KeyPress;
import org.experimaestro.tui.wire.WireBeside;

/**
 * The questions of an action with the answers as they are typed. Immutable.
 *
 * @param action the action
 * @param members the members of the question that executes it
 * @param fields an answer for each question; several choices have commas between them
 * @param at the index of the question that gets the keys
 * @param objection what is wrong with an answer; empty if nothing is known to be
 */
public record ActionForm(
        WireBeside.Action action, Map<String, Object> members, List<TextField> fields, int at, String objection)
        implements Overlay {

    /** Copies the collections. */
    public ActionForm {
        members = Map.copyOf(members);
        fields = List.copyOf(fields);
    }

    static ActionForm of(WireBeside.Action action, Map<String, Object> members) {
        List<TextField> fields = action.questions().stream()
                .map(question ->
                        TextField.of(String.join(",", question.byDefault().orElse(List.of()))))
                .toList();
        return new ActionForm(action, members, fields, 0, "");
    }

    /** Takes a key: Enter goes to the next question, and from the last one to the plan. */
    static List<Effect> press(Model model, ActionForm form, KeyPress key) {
        int last = form.fields().size() - 1;
        switch (key.name()) {
            case "Esc" -> {
                model.show(null);
                model.notice("Nothing was changed.", false);
            }
            case "Up", "Shift-Tab" -> model.show(form.with(Math.max(0, form.at() - 1), ""));
            case "Down", "Tab" -> model.show(form.with(Math.min(last, form.at() + 1), ""));
            case "Enter" -> {
                Optional<Integer> wrong = form.firstWrong(form.at());
                if (wrong.isPresent()) {
                    model.show(
                            form.with(wrong.get(), form.objection(wrong.get()).orElse("")));
                } else if (form.at() < last) {
                    model.show(form.with(form.at() + 1, ""));
                } else {
                    return List.of(form.plan());
                }
            }
            case "Left", "Right" -> model.show(form.edited(form.aside(key)));
            default -> model.show(form.edited(form.fields().get(form.at()).press(key)));
        }
        return List.of();
    }

    private ActionForm with(int index, String wrong) {
        return new ActionForm(action, members, fields, index, wrong);
    }

    private ActionForm edited(TextField field) {
        List<TextField> changed = new ArrayList<>(fields);
        changed.set(at, field);
        return new ActionForm(action, members, changed, at, "");
    }

    /** Returns the field with the option beside its present one, where one is chosen; else with the caret moved. */
    private TextField aside(KeyPress key) {
        WireBeside.Question question = action.questions().get(at);
        if (question.kind().equals("text") || question.kind().equals("choices")) {
            return fields.get(at).press(key);
        }
        List<String> options = question.options();
        int index = options.indexOf(fields.get(at).text().strip());
        int next = index < 0 ? 0 : Math.floorMod(index + (key.name().equals("Right") ? 1 : -1), options.size());
        return TextField.of(options.get(next));
    }

    /** Returns the first question up to one whose answer is wrong. */
    private Optional<Integer> firstWrong(int upTo) {
        for (int i = 0; i <= upTo; i++) {
            if (objection(i).isPresent()) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }

    /** Returns what is wrong with an answer. The server checks it again. */
    private Optional<String> objection(int index) {
        WireBeside.Question question = action.questions().get(index);
        List<String> answer = answer(index);
        if (answer.isEmpty() && !question.kind().equals("choices")) {
            return Optional.of("an answer is needed");
        }
        return question.kind().equals("text")
                ? Optional.empty()
                : answer.stream()
                        .filter(each -> !question.options().contains(each))
                        .findFirst()
                        .map(each -> "\"" + each + "\" is none of " + String.join(", ", question.options()));
    }

    private List<String> answer(int index) {
        String text = fields.get(index).text();
        if (!action.questions().get(index).kind().equals("choices")) {
            return text.isBlank() ? List.of() : List.of(text.strip());
        }
        List<String> answers = new ArrayList<>();
        for (String each : text.split(",", -1)) {
            if (!each.isBlank()) {
                answers.add(each.strip());
            }
        }
        return answers;
    }

    /** Returns the question what the execution would do. */
    Effect plan() {
        Map<String, Object> answers = new LinkedHashMap<>();
        for (int i = 0; i < fields.size(); i++) {
            answers.put(action.questions().get(i).name(), answer(i));
        }
        Map<String, Object> question = new LinkedHashMap<>(members);
        question.put("answers", answers);
        question.put("plan", true);
        return new Effect.PlanAction("execute", question);
    }
}
