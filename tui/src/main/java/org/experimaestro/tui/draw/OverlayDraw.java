package org.experimaestro.tui.draw;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.experimaestro.tui.keys.KeyScope;
import org.experimaestro.tui.keys.KeyTable;
import org.experimaestro.tui.model.ActionForm;
import org.experimaestro.tui.model.Model;
import org.experimaestro.tui.model.Overlay;
import org.experimaestro.tui.model.TextField;
import org.experimaestro.tui.screen.Canvas;
import org.experimaestro.tui.screen.Ink;
import org.experimaestro.tui.screen.TextStyle;
import org.experimaestro.tui.text.CellWidth;
import org.experimaestro.tui.text.ForeignText;
import org.experimaestro.tui.wire.WireAction;
import org.experimaestro.tui.wire.WireBeside;

/** The drawings of what is above a screen. */
final class OverlayDraw {
    private static final int MOST_WIDTH = 78;
    private static final int SHOWN_JOBS = 6;
    private static final int KILOBYTE = 1000;

    private static final String EXECUTE = "execute";
    private static final Map<String, String> RUN_QUESTIONS = Map.of(
            "set",
            "Change how many jobs run at once?",
            EXECUTE,
            "Execute the action?",
            "start",
            "Start the service?",
            "stop",
            "Stop it?");

    private OverlayDraw() {}

    /** Draws a line that is edited: the caret is always on the screen. */
    static void prompt(Pencil pencil, int row, Overlay.Prompt prompt) {
        String label = prompt.kind().label();
        Canvas canvas = pencil.canvas();
        canvas.put(0, row, " ".repeat(pencil.width()), TextStyle.PLAIN);
        int at = canvas.put(1, row, label, TextStyle.ACCENT);
        String before =
                ForeignText.of(prompt.field().text().substring(0, prompt.field().caret()));
        String behind =
                ForeignText.of(prompt.field().text().substring(prompt.field().caret()));
        int room = Math.max(1, pencil.width() - at - 2);
        while (CellWidth.of(before) > room) {
            before = before.substring(before.offsetByCodePoints(0, 1));
        }
        at = canvas.put(at, row, before, TextStyle.BOLD);
        canvas.field(at, row, pencil.width() - at, behind.isEmpty() ? " " : behind, TextStyle.BOLD);
        int caretEnd = behind.isEmpty() ? 0 : behind.offsetByCodePoints(0, 1);
        canvas.put(at, row, behind.isEmpty() ? " " : behind.substring(0, caretEnd), TextStyle.BOLD.asReverse());
    }

    /** Draws the question before an action: what it does, to which jobs, and what it leaves. */
    static void confirmation(Pencil pencil, Overlay.Confirmation dialog) {
        WireAction plan = dialog.plan();
        List<String> lines = new ArrayList<>();
        lines.add(
                plan.effect().isPresent()
                        ? RUN_QUESTIONS.getOrDefault(dialog.action(), capital(dialog.action()) + " the run?")
                        : capital(dialog.action()) + " " + jobs(plan.possibleTotal()) + "?");
        lines.add("");
        plan.effect()
                .ifPresent(effect -> lines.addAll(
                        dialog.action().equals(EXECUTE) ? wrapped(capital(effect) + ".") : sentences(effect)));
        plan.possible().stream()
                .limit(SHOWN_JOBS)
                .forEach(job -> lines.add(
                        StateLook.of(job.job().state()).sign() + " " + job.job().shortId() + " "
                                + job.job().type() + " " + job.job().tagText() + ": " + job.effect()));
        int more = plan.effect().isPresent()
                ? 0
                : plan.possibleTotal() - Math.min(SHOWN_JOBS, plan.possible().size());
        if (more > 0) {
            lines.add(Pencil.number(more) + " more");
        }
        if (plan.bytes() > 0) {
            lines.add("Frees " + size(plan.bytes()) + ".");
        }
        if (plan.dependents() > 0) {
            lines.add("Other jobs that use their results: " + Pencil.number(plan.dependents()) + ".");
        }
        if (plan.impossibleTotal() > 0) {
            lines.add("Not " + jobs(plan.impossibleTotal()) + ": "
                    + plan.impossible().getFirst().reason());
        }
        lines.add("");
        lines.add("y " + dialog.action() + "    any other key: change nothing");
        box(pencil, lines);
    }

    /** Returns a sentence for each part of an effect, which semicolons divide. */
    private static List<String> sentences(String effect) {
        return Arrays.stream(effect.split("; "))
                .map(part -> capital(part) + ".")
                .toList();
    }

    /** Returns a text in lines that fit, which has the words of a person: semicolons divide nothing. */
    private static List<String> wrapped(String text) {
        List<String> lines = new ArrayList<>();
        String rest = text;
        while (rest.length() > MOST_WIDTH - 4) {
            int space = rest.lastIndexOf(' ', MOST_WIDTH - 4);
            int end = space > 0 ? space : MOST_WIDTH - 4;
            lines.add(rest.substring(0, end));
            rest = rest.substring(end).stripLeading();
        }
        lines.add(rest);
        return lines;
    }

    /** Draws the questions of an action, with the answers as they are typed. */
    static void form(Pencil pencil, ActionForm form) {
        List<String> lines = new ArrayList<>();
        lines.add("Execute " + form.action().name());
        lines.add("");
        for (int i = 0; i < form.fields().size(); i++) {
            WireBeside.Question question = form.action().questions().get(i);
            boolean isHere = i == form.at();
            String options = question.options().isEmpty() ? "" : " (" + String.join(", ", question.options()) + ")";
            lines.add((isHere ? "> " : "  ") + question.text() + options);
            TextField field = form.fields().get(i);
            lines.add("    "
                    + (isHere
                            ? field.text().substring(0, field.caret()) + "|"
                                    + field.text().substring(field.caret())
                            : field.text()));
        }
        lines.add("");
        lines.add(
                form.objection().isEmpty()
                        ? "Enter next, at the last one what would happen    ↑ ↓ move    Esc leave"
                        : capital(form.objection()));
        box(pencil, lines);
    }

    private static String capital(String word) {
        return Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }

    private static String jobs(int number) {
        return Pencil.number(number) + (number == 1 ? " job" : " jobs");
    }

    private static String size(long bytes) {
        String[] units = {"bytes", "kB", "MB", "GB", "TB"};
        int unit = 0;
        double size = bytes;
        while (size >= KILOBYTE && unit < units.length - 1) {
            size /= KILOBYTE;
            unit++;
        }
        return Math.round(size) + " " + units[unit];
    }

    private static void box(Pencil pencil, List<String> lines) {
        int width = Math.min(MOST_WIDTH, pencil.width() - 2);
        int left = (pencil.width() - width) / 2;
        int rows = pencil.canvas().size().rows();
        int top = Math.max(0, (rows - lines.size() - 2) / 2);
        TextStyle edge = TextStyle.of(Ink.ACCENT);
        for (int i = 0; i < lines.size() + 2; i++) {
            boolean isEdge = i == 0 || i == lines.size() + 1;
            pencil.canvas().put(left, top + i, (isEdge ? "─" : " ").repeat(width), edge);
        }
        for (int i = 0; i < lines.size(); i++) {
            boolean isImportant = i == 0 || i == lines.size() - 1;
            pencil.text(left + 2, top + 1 + i, width - 4, lines.get(i), isImportant ? TextStyle.BOLD : TextStyle.PLAIN);
        }
    }

    /** Draws the keys of the screen, and those of all screens. */
    static void help(Pencil pencil, Model model, Overlay.Help help, int from, int to) {
        for (int row = from; row < to; row++) {
            pencil.canvas().put(0, row, " ".repeat(pencil.width()), TextStyle.PLAIN);
        }
        ListBody body = new ListBody();
        for (KeyScope scope : List.of(model.place().scope(), KeyScope.ALL)) {
            body.add(row -> pencil.heading(row, scope.title(), ""));
            for (Map.Entry<String, List<String>> words : KeyTable.words(scope).entrySet()) {
                body.add(row -> {
                    pencil.canvas().put(3, row, String.join(", ", words.getValue()), TextStyle.ACCENT);
                    pencil.canvas().put(22, row, words.getKey(), TextStyle.PLAIN);
                });
            }
        }
        body.drawFrom(pencil, "", help.top(), from, to);
    }
}
