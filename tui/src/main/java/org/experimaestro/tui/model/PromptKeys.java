package org.experimaestro.tui.model;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.experimaestro.tui.screen.KeyPress;
import org.experimaestro.tui.wire.WireWorkspace;

/** Keys in a line that is edited. A filter acts while it is typed; the others act at its end. */
final class PromptKeys {
    private PromptKeys() {}

    static List<Effect> press(Model model, Overlay.Prompt prompt, KeyPress key) {
        return switch (key.name()) {
            case "Esc" -> {
                model.show(null);
                yield prompt.kind() == Overlay.Kind.FILTER ? filter(model, prompt.before()) : List.of();
            }
            case "Enter" -> {
                model.show(null);
                yield end(model, prompt);
            }
            case "Tab" -> edited(model, prompt, complete(prompt));
            default -> edited(model, prompt, prompt.field().press(key));
        };
    }

    private static List<Effect> edited(Model model, Overlay.Prompt prompt, TextField field) {
        model.show(prompt.with(field));
        boolean isOther = !field.text().equals(prompt.field().text());
        return prompt.kind() == Overlay.Kind.FILTER && isOther ? filter(model, field.text()) : List.of();
    }

    private static TextField complete(Overlay.Prompt prompt) {
        TextField field = prompt.field();
        String word = field.text().substring(field.beginOfWord(), field.caret());
        List<String> fitting =
                prompt.words().stream().filter(each -> each.startsWith(word)).toList();
        if (fitting.isEmpty()) {
            return field;
        }
        String common = fitting.getFirst();
        for (String other : fitting) {
            while (!other.startsWith(common)) {
                common = common.substring(0, common.length() - 1);
            }
        }
        return field.complete(common);
    }

    private static List<Effect> filter(Model model, String text) {
        return select(model, selection -> selection.filter(text.strip()));
    }

    private static List<Effect> end(Model model, Overlay.Prompt prompt) {
        String text = prompt.field().text().strip();
        return switch (prompt.kind()) {
            case FILTER -> filter(model, text);
            case SEARCH -> {
                String wanted = prompt.field().text();
                yield model.place() instanceof JobPlace job && !wanted.isEmpty()
                        ? List.of(job.search(wanted, false))
                        : List.of();
            }
            case GROUP -> select(model, selection -> selection.by(names(text)));
            case SORT -> select(model, selection -> selection.sort(text));
            case GO_TO -> goTo(model, text);
            case JOBS_HERE -> ActionSteps.setJobs(model, text);
        };
    }

    private static List<Effect> select(Model model, UnaryOperator<JobsSelection> change) {
        if (model.place() instanceof JobsPlace list) {
            list.select(change.apply(list.selection()));
            list.answered(model.answers());
        }
        return List.of();
    }

    private static List<String> names(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    private static List<Effect> goTo(Model model, String text) {
        Optional<String> run = model.lastRun().isEmpty() ? Optional.empty() : Optional.of(model.lastRun());
        switch (text.toLowerCase(Locale.ROOT)) {
            case "" -> {
                return List.of();
            }
            case "runs", "experiments" -> model.go(new RunsPlace(Optional.empty()));
            case "jobs" -> model.go(new JobsPlace(JobsSelection.of(run, "")));
            case "table" -> model.go(new TablePlace(run, ""));
            case "run" -> model.go(run.<Place>map(RunPlace::new).orElseGet(() -> new RunsPlace(Optional.empty())));
            case "keys", "help" -> model.show(new Overlay.Help(0));
            case "q", "quit" -> model.leave();
            default -> {
                return goToName(model, text);
            }
        }
        return List.of();
    }

    private static List<Effect> goToName(Model model, String text) {
        boolean isExperiment = experiments(model).contains(text);
        if (isExperiment
                || text.indexOf('/') > 0 && experiments(model).contains(text.substring(0, text.indexOf('/')))) {
            model.go(new RunPlace(isExperiment ? text + "/latest" : text));
            return List.of();
        }
        return List.of(new Effect.FindJob(text));
    }

    /** Returns the names of the experiments, as far as they are known. */
    static List<String> experiments(Model model) {
        return model.answers()
                .find(Questions.WORKSPACE)
                .map(workspace -> workspace.experiments().stream()
                        .map(WireWorkspace.Experiment::name)
                        .toList())
                .orElse(List.of());
    }
}
