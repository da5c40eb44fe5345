package org.experimaestro.tui.draw;

import java.util.List;
import java.util.Optional;
import org.experimaestro.tui.model.BesideLine;
import org.experimaestro.tui.model.BesidePlace;
import org.experimaestro.tui.model.Model;
import org.experimaestro.tui.screen.TextStyle;
import org.experimaestro.tui.text.CellWidth;
import org.experimaestro.tui.wire.WireBeside;
import org.experimaestro.tui.wire.WireLog;

/** The drawing of actions and services: a line for each, and below them the end of the log of one. */
final class BesideBody implements ScreenBody {
    private static final int MOST_NAME = 24;
    private static final int STATE = 14;

    private final BesidePlace place;
    private final DrawContext context;

    BesideBody(BesidePlace place, DrawContext context) {
        this.place = place;
        this.context = context;
    }

    @Override
    public String title() {
        return place.run().orElse("") + " actions and services";
    }

    @Override
    public void drawHead(Pencil pencil, Model model, int row) {
        Optional<WireBeside> answer = model.answers().find(place.question());
        String text = answer.map(beside -> count(beside.actions().size(), "action") + ", "
                        + count(beside.services().size(), "service") + " on " + beside.host()
                        + (beside.problems().isEmpty()
                                ? ""
                                : " · " + beside.problems().getFirst()))
                .orElse("Reading the actions and services");
        pencil.text(1, row, text, TextStyle.BOLD);
    }

    private static String count(int number, String word) {
        return number + " " + word + (number == 1 ? "" : "s");
    }

    @Override
    public void draw(Pencil pencil, Model model, int from, int to) {
        Optional<WireBeside> answer = model.answers().find(place.question());
        if (answer.isEmpty()) {
            model.answers()
                    .findProblem(place.question())
                    .ifPresent(problem -> pencil.text(1, from, problem.text(), StateLook.FAILED.style()));
            return;
        }
        List<BesideLine> lines = place.lines(model.answers());
        if (lines.isEmpty()) {
            pencil.text(
                    1, from, "This run has none: a plan declares them by xp.action and xp.service.", TextStyle.PLAIN);
            return;
        }
        Optional<BesideLine> chosen = place.line(model.answers());
        ListBody list = new ListBody();
        for (BesideLine line : lines) {
            list.add(line.id(), row -> line(pencil, model, context, row, line, place.address(line)));
        }
        int end = Math.min(to, from + Math.max(1, Math.min(lines.size(), (to - from) / 2)));
        list.draw(pencil, chosen.map(BesideLine::id).orElse(""), from, end);
        chosen.ifPresent(line -> detail(pencil, model, line, end, to));
    }

    /** Draws what has become of an action or a service. */
    static void line(
            Pencil pencil, Model model, DrawContext context, int row, BesideLine line, Optional<String> address) {
        StateLook look = look(line);
        pencil.canvas().put(1, row, look.sign(), look.style());
        int at = Math.min(MOST_NAME, pencil.width() / 3);
        pencil.text(3, row, at - 4, line.name(), TextStyle.BOLD);
        pencil.text(at, row, STATE, line.state(), look.style());
        String time = line.last()
                .flatMap(last -> last.ended().or(last::started))
                .map(when -> TimeWords.clock(when, model.now(), context.zone()))
                .orElse("");
        pencil.right(pencil.width() - 1, row, time, TextStyle.FAINT);
        int behind = at + STATE;
        pencil.text(
                behind, row, pencil.width() - behind - CellWidth.of(time) - 2, what(line, address), TextStyle.PLAIN);
    }

    private static String what(BesideLine line, Optional<String> address) {
        Optional<String> reason = line.action().flatMap(WireBeside.Action::reason);
        String host = line.last()
                .flatMap(WireBeside.LastProcess::host)
                .map(name -> "on " + name + " ")
                .orElse("");
        return host
                + address.or(() -> line.address().map(there -> "ready, Enter shows the address"))
                        .or(() -> line.last().map(WireBeside.LastProcess::text).filter(text -> !text.isEmpty()))
                        .or(() -> reason)
                        .orElse("");
    }

    private static StateLook look(BesideLine line) {
        return switch (line.state()) {
            case "vanished" -> StateLook.FAILED;
            case "stopped" -> StateLook.SKIPPED;
            case "elsewhere" -> StateLook.QUEUED;
            case "stopping" -> StateLook.RUNNING;
            default -> StateLook.of(line.state());
        };
    }

    private void detail(Pencil pencil, Model model, BesideLine line, int from, int to) {
        if (to - from < 3) {
            return;
        }
        pencil.rule(from);
        pencil.heading(
                from + 1,
                "Log of " + line.name(),
                line.last().map(last -> last.folder()).orElse(""));
        Optional<WireLog> log = place.log(model.answers());
        String none = line.last().isEmpty()
                ? line.action().isPresent() ? "It was never executed." : "It was never started."
                : "Reading";
        if (log.isEmpty() || log.get().text().isEmpty()) {
            pencil.text(1, from + 2, log.flatMap(WireLog::none).orElse(none), TextStyle.FAINT);
            return;
        }
        List<String> lines = log.get().text().lines().toList();
        int first = Math.max(0, lines.size() - (to - from - 2));
        for (int i = first; i < lines.size(); i++) {
            pencil.text(1, from + 2 + i - first, lines.get(i), TextStyle.PLAIN);
        }
    }

    @Override
    public List<String> keys() {
        return List.of("j k move", "Enter execute, start, open", "K stop", "y copy", "u back");
    }
}
