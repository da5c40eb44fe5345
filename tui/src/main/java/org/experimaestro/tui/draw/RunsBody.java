package org.experimaestro.tui.draw;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.tui.model.Model;
import org.experimaestro.tui.model.Questions;
import org.experimaestro.tui.model.RunsPlace;
import org.experimaestro.tui.screen.TextStyle;
import org.experimaestro.tui.wire.WireRunLine;
import org.experimaestro.tui.wire.WireWorkspace;

/** The drawing of the experiments, or of the runs of one. */
final class RunsBody implements ScreenBody {
    private static final int LEAST_BAR = 10;
    private static final int NUMBERS = 33;
    private static final int END = 18;
    private static final int WIDE = 100;

    private final RunsPlace place;
    private final DrawContext context;

    RunsBody(RunsPlace place, DrawContext context) {
        this.place = place;
        this.context = context;
    }

    @Override
    public String title() {
        return place.experiment().orElse("Experiments");
    }

    @Override
    public void drawHead(Pencil pencil, Model model, int row) {
        Optional<WireWorkspace> workspace = model.answers().find(Questions.WORKSPACE);
        pencil.text(
                1,
                row,
                workspace
                        .map(answer -> model.sshHost().map(host -> host + ":").orElse("") + answer.path() + ", "
                                + Pencil.number(answer.jobs()) + " jobs"
                                + (answer.problems().isEmpty()
                                        ? ""
                                        : ", cannot read " + answer.problems().getFirst()))
                        .orElse("Reading the workspace"),
                TextStyle.PLAIN);
    }

    @Override
    public void draw(Pencil pencil, Model model, int from, int to) {
        Optional<List<WireRunLine>> found = place.lines(model.answers());
        if (found.isEmpty()) {
            return;
        }
        List<WireRunLine> lines = found.get();
        if (lines.isEmpty()) {
            pencil.text(
                    1,
                    from,
                    "This workspace has no runs. They appear here as soon as a plan submits jobs:",
                    TextStyle.PLAIN);
            pencil.text(1, from + 1, "  experimaestro run-experiment FILE.yaml", TextStyle.BOLD);
            return;
        }
        boolean areRuns = place.experiment().isPresent();
        int nameWidth = Math.clamp(
                lines.stream()
                        .mapToInt(line -> name(line, areRuns).length())
                        .max()
                        .orElse(0),
                areRuns ? 3 : 10,
                Math.max(12, pencil.width() / 4));
        ListBody body = new ListBody();
        body.add(row -> head(pencil, row, nameWidth, areRuns));
        for (WireRunLine line : lines) {
            body.add(name(line, areRuns), row -> line(pencil, model, row, nameWidth, line, areRuns));
        }
        body.draw(pencil, name(lines.get(place.cursor(model.answers())), areRuns), from, to);
    }

    private static String name(WireRunLine line, boolean areRuns) {
        return areRuns ? line.run() : line.experiment();
    }

    private static int barWidth(Pencil pencil, int nameWidth) {
        return Math.max(LEAST_BAR, pencil.width() - nameWidth - NUMBERS - END - 4);
    }

    private static void head(Pencil pencil, int row, int nameWidth, boolean areRuns) {
        int at = nameWidth + 3;
        pencil.text(1, row, areRuns ? "Run" : "Experiment", TextStyle.BOLD);
        pencil.text(at, row, "Jobs", TextStyle.BOLD);
        int end = at + barWidth(pencil, nameWidth);
        pencil.right(end + 11, row, "done", TextStyle.BOLD);
        pencil.right(end + 19, row, "failed", TextStyle.BOLD);
        pencil.right(end + 26, row, "runs", TextStyle.BOLD);
        pencil.right(end + 33, row, "waits", TextStyle.BOLD);
        pencil.text(end + 35, row, "latest run", TextStyle.BOLD);
    }

    private void line(Pencil pencil, Model model, int row, int nameWidth, WireRunLine line, boolean areRuns) {
        int at = nameWidth + 3;
        int bar = barWidth(pencil, nameWidth);
        Map<String, Integer> counts = line.counts();
        pencil.text(1, row, nameWidth, name(line, areRuns), TextStyle.PLAIN);
        pencil.bar(at, row, bar, counts);
        int end = at + bar;
        pencil.right(end + 11, row, StateLook.DONE.in(counts) + "/" + StateLook.total(counts), TextStyle.PLAIN);
        pencil.right(end + 19, row, Pencil.some(StateLook.failed(counts)), StateLook.FAILED.style());
        pencil.right(end + 26, row, Pencil.some(StateLook.RUNNING.in(counts)), StateLook.RUNNING.style());
        pencil.right(end + 33, row, Pencil.some(StateLook.waiting(counts)), TextStyle.PLAIN);
        pencil.text(end + 35, row, end(model, line, pencil.width() >= WIDE), TextStyle.FAINT);
    }

    private String end(Model model, WireRunLine line, boolean isWide) {
        String time = line.ended()
                .or(line::started)
                .map(at -> TimeWords.clock(at, model.now(), context.zone()))
                .orElse("");
        return line.word()
                + (time.isEmpty() ? "" : " " + time)
                + (isWide ? line.note().map(note -> " " + note).orElse("") : "");
    }

    @Override
    public List<String> keys() {
        return List.of("j k move", "Enter open", "l runs", ": go to", "s plain");
    }
}
