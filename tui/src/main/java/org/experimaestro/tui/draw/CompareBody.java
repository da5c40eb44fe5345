package org.experimaestro.tui.draw;

import java.util.List;
import java.util.Optional;
import org.experimaestro.core.json.Json;
import org.experimaestro.tui.model.ComparePlace;
import org.experimaestro.tui.model.Model;
import org.experimaestro.tui.screen.TextStyle;
import org.experimaestro.tui.wire.WireComparison;
import org.experimaestro.tui.wire.WireLink;
import org.jspecify.annotations.Nullable;

/** The drawing of what differs between jobs: the first cause, then only what differs. */
final class CompareBody implements ScreenBody {
    private static final int LEAST = 12;

    private final ComparePlace place;

    CompareBody(ComparePlace place) {
        this.place = place;
    }

    @Override
    public String title() {
        return "Compare";
    }

    @Override
    public void drawHead(Pencil pencil, Model model, int row) {
        Optional<WireComparison> answer = model.answers().find(place.question());
        pencil.text(
                1,
                row,
                answer.map(found ->
                                found.cause().map(WireComparison.Cause::text).orElse("Nothing differs that counts"))
                        .or(() -> model.answers().findProblem(place.question()).map(problem -> problem.text()))
                        .orElse("Comparing"),
                TextStyle.BOLD);
    }

    @Override
    public void draw(Pencil pencil, Model model, int from, int to) {
        Optional<WireComparison> found = model.answers().find(place.question());
        if (found.isEmpty()) {
            return;
        }
        WireComparison answer = found.get();
        int jobs = Math.max(1, answer.jobs().size());
        int nameWidth = Math.clamp(
                answer.sections().stream()
                        .flatMap(section -> section.rows().stream())
                        .mapToInt(line -> line.name().length())
                        .max()
                        .orElse(LEAST),
                LEAST,
                Math.max(LEAST, pencil.width() / 3));
        int width = Math.max(LEAST, (pencil.width() - nameWidth - 5) / jobs);
        int at = nameWidth + 5;
        for (int i = 0; i < answer.jobs().size(); i++) {
            WireLink job = answer.jobs().get(i);
            StateLook look = StateLook.of(job.state());
            pencil.text(at + i * width, from, width - 1, look.sign() + " " + job.shortId(), look.style());
            pencil.text(at + i * width, from + 1, width - 1, job.type(), TextStyle.FAINT);
        }
        ListBody body = new ListBody();
        for (WireComparison.Section section : answer.sections()) {
            body.add(row -> pencil.heading(row, section.name(), ""));
            for (WireComparison.Line line : section.rows()) {
                body.add(row -> line(pencil, row, line, nameWidth, at, width));
            }
        }
        body.add(
                row -> pencil.text(1, row, Pencil.number(answer.same()) + " parameters are the same", TextStyle.FAINT));
        answer.problems().forEach(problem -> body.add(row -> pencil.text(1, row, problem, StateLook.FAILED.style())));
        body.drawFrom(pencil, "", place.top(), from + 2, to);
    }

    private static void line(Pencil pencil, int row, WireComparison.Line line, int nameWidth, int at, int width) {
        pencil.text(3, row, nameWidth, line.name(), line.counts() ? TextStyle.PLAIN : TextStyle.FAINT);
        List<Object> values = line.values();
        for (int i = 0; i < values.size(); i++) {
            boolean isOther = !text(values.get(i)).equals(text(values.getFirst()));
            pencil.text(
                    at + i * width, row, width - 1, text(values.get(i)), isOther ? TextStyle.BOLD : TextStyle.PLAIN);
        }
    }

    private static String text(@Nullable Object value) {
        if (value == null) {
            return "–";
        }
        return value instanceof String text ? text : Json.writeLine(value);
    }

    @Override
    public List<String> keys() {
        return List.of("j k move", "y copy the command", "s plain", "u back");
    }
}
