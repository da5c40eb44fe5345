package org.experimaestro.tui.draw;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.experimaestro.tui.model.BesideLine;
import org.experimaestro.tui.model.Model;
import org.experimaestro.tui.model.RunPlace;
import org.experimaestro.tui.screen.TextStyle;
import org.experimaestro.tui.text.CellWidth;
import org.experimaestro.tui.wire.WireLink;
import org.experimaestro.tui.wire.WireRun;

/** The drawing of a run: its sentence, its types, failures, what runs, and why the rest waits. */
final class RunBody implements ScreenBody {
    private static final int NUMBERS = 36;
    private static final int ENDS = 9;
    private static final int LEAST_BAR = 10;
    private static final int NARROW = 80;
    private static final int PROGRESS = 10;
    private static final int HOST = 12;
    private static final int TIME = 12;

    private final RunPlace place;
    private final DrawContext context;

    RunBody(RunPlace place, DrawContext context) {
        this.place = place;
        this.context = context;
    }

    @Override
    public String title() {
        return place.run().orElse("");
    }

    @Override
    public void drawHead(Pencil pencil, Model model, int row) {
        pencil.text(
                1,
                row,
                model.answers()
                        .find(place.question())
                        .map(run -> sentence(model, run))
                        .orElse("Reading the run"),
                TextStyle.BOLD);
    }

    /** Returns the answer to whether it goes well, and when one can look. */
    private String sentence(Model model, WireRun run) {
        Map<String, Integer> counts = run.run().counts();
        int failed = StateLook.failed(counts);
        String done = Pencil.number(StateLook.DONE.in(counts)) + " of " + Pencil.number(run.total()) + " done"
                + (failed == 0 ? "" : " · " + Pencil.number(failed) + " failed");
        if (run.run().paused().isPresent()) {
            return done + " · paused since "
                    + TimeWords.clock(run.run().paused().get(), model.now(), context.zone());
        }
        if (run.left().isPresent()) {
            WireRun.Left left = run.left().get();
            if (left.seconds().isEmpty()) {
                return done + " · " + left.basis();
            }
            double seconds = left.seconds().getAsDouble();
            return done + " · about " + TimeWords.duration(seconds) + " left, until "
                    + TimeWords.clock(model.now().plusSeconds((long) seconds), model.now(), context.zone());
        }
        return done + " · " + run.run().word()
                + run.run()
                        .ended()
                        .map(at -> " " + TimeWords.clock(at, model.now(), context.zone()))
                        .orElse("")
                + asOf(run);
    }

    /** Returns of which time the states of a former run are, if they are not those of its end. */
    private static String asOf(WireRun run) {
        if (run.changed().isPresent()) {
            int changed = run.changed().getAsInt();
            return changed == 0
                    ? ""
                    : " · " + plural(changed, "job") + (changed == 1 ? " is" : " are") + " different now";
        }
        boolean isOver = run.run().state().equals("ended") || run.run().state().equals("died");
        return isOver ? " · states of now" : "";
    }

    @Override
    public void draw(Pencil pencil, Model model, int from, int to) {
        Optional<WireRun> found = model.answers().find(place.question());
        if (found.isEmpty()) {
            model.answers()
                    .findProblem(place.question())
                    .ifPresent(problem -> pencil.text(1, from, problem.text(), StateLook.FAILED.style()));
            return;
        }
        WireRun run = found.get();
        ListBody body = new ListBody();
        types(body, pencil, model, run);
        failures(body, pencil, model, run.failures());
        running(body, pencil, model, run);
        waiting(body, pencil, run.waiting());
        run.code().ifPresent(code -> {
            body.add(pencil::rule);
            body.add(row -> pencil.heading(row, "Code", code.text()));
            body.add(row -> pencil.text(1, row, code.checkout(), TextStyle.FAINT));
        });
        run.energy().ifPresent(energy -> {
            body.add(pencil::rule);
            body.add(row -> pencil.heading(row, "Energy", energy));
        });
        beside(body, pencil, model);
        if (!run.saved().isEmpty()) {
            body.add(pencil::rule);
            body.add(row -> pencil.heading(row, "Saved for other experiments", String.join(", ", run.saved())));
        }
        about(body, pencil, run);
        body.draw(pencil, place.cursor(model.answers()), from, to);
    }

    /** Draws its actions and services, which a screen of their own has in more detail. */
    private void beside(ListBody body, Pencil pencil, Model model) {
        List<BesideLine> lines =
                model.answers().find(place.beside()).map(BesideLine::of).orElse(List.of());
        if (lines.isEmpty()) {
            return;
        }
        body.add(pencil::rule);
        body.add(row -> pencil.heading(row, "Actions and services", "A opens them"));
        for (BesideLine line : lines) {
            body.add(row -> BesideBody.line(pencil, model, context, row, line, Optional.empty()));
        }
    }

    private static void about(ListBody body, Pencil pencil, WireRun run) {
        if (run.title().isPresent() || run.description().isPresent()) {
            body.add(pencil::rule);
            body.add(row -> pencil.heading(row, "About", run.title().orElse("")));
            run.description()
                    .ifPresent(text ->
                            text.lines().forEach(line -> body.add(row -> pencil.text(1, row, line, TextStyle.FAINT))));
        }
    }

    private void types(ListBody body, Pencil pencil, Model model, WireRun run) {
        int nameWidth = Math.clamp(
                run.types().stream()
                        .mapToInt(type -> type.type().length())
                        .max()
                        .orElse(0),
                9,
                Math.max(12, pencil.width() / 4));
        boolean hasEnds = pencil.width() >= NARROW;
        int barWidth = Math.max(LEAST_BAR, pencil.width() - nameWidth - NUMBERS - (hasEnds ? ENDS : 0) - 4);
        int end = nameWidth + 3 + barWidth;
        body.add(row -> {
            pencil.text(1, row, "Task type", TextStyle.BOLD);
            pencil.text(nameWidth + 3, row, "Jobs", TextStyle.BOLD);
            pencil.right(end + 12, row, "done", TextStyle.BOLD);
            pencil.right(end + 20, row, "failed", TextStyle.BOLD);
            pencil.right(end + 27, row, "runs", TextStyle.BOLD);
            pencil.right(end + 34, row, "waits", TextStyle.BOLD);
            if (hasEnds) {
                pencil.right(pencil.width() - 1, row, "ends", TextStyle.BOLD);
            }
        });
        for (WireRun.TypeLine type : run.types()) {
            Map<String, Integer> counts = type.counts();
            body.add(RunPlace.typeId(type), row -> {
                pencil.text(1, row, nameWidth, type.type(), TextStyle.PLAIN);
                pencil.bar(nameWidth + 3, row, barWidth, counts);
                pencil.right(end + 12, row, StateLook.DONE.in(counts) + "/" + StateLook.total(counts), TextStyle.PLAIN);
                pencil.right(end + 20, row, Pencil.some(StateLook.failed(counts)), StateLook.FAILED.style());
                pencil.right(end + 27, row, Pencil.some(StateLook.RUNNING.in(counts)), StateLook.RUNNING.style());
                pencil.right(end + 34, row, Pencil.some(StateLook.waiting(counts)), TextStyle.PLAIN);
                if (hasEnds
                        && type.left().isPresent()
                        && type.left().get().seconds().isPresent()) {
                    double seconds = type.left().get().seconds().getAsDouble();
                    pencil.right(
                            pencil.width() - 1,
                            row,
                            TimeWords.clock(model.now().plusSeconds((long) seconds), model.now(), context.zone()),
                            TextStyle.FAINT);
                }
            });
        }
    }

    private void failures(ListBody body, Pencil pencil, Model model, List<WireRun.Cause> causes) {
        if (causes.isEmpty()) {
            return;
        }
        int jobs = causes.stream().mapToInt(WireRun.Cause::count).sum();
        body.add(pencil::rule);
        body.add(row -> pencil.heading(row, "Failures", plural(jobs, "job") + ", " + plural(causes.size(), "cause")));
        for (WireRun.Cause cause : causes) {
            String id = RunPlace.failureId(cause);
            body.add(id, row -> {
                pencil.canvas().put(1, row, StateLook.FAILED.sign(), StateLook.FAILED.style());
                pencil.text(3, row, pencil.width() - 12, name(cause), TextStyle.PLAIN);
                cause.last()
                        .ifPresent(at -> pencil.right(
                                pencil.width() - 1,
                                row,
                                TimeWords.clock(at, model.now(), context.zone()),
                                TextStyle.FAINT));
            });
            body.add(id, row -> pencil.text(3, row, cause.subject(), StateLook.FAILED.style()));
            String more = cause.shared().isEmpty() ? cause.advice() : String.join(". ", cause.shared()) + ".";
            if (!more.isEmpty()) {
                body.add(id, row -> pencil.text(3, row, more, TextStyle.FAINT));
            }
        }
    }

    private static String plural(int number, String word) {
        return Pencil.number(number) + " " + word + (number == 1 ? "" : "s");
    }

    /** Returns the type, the number, and the tags that the first jobs share. */
    private static String name(WireRun.Cause cause) {
        String tags = cause.jobs().isEmpty()
                ? ""
                : cause.jobs().getFirst().tags().entrySet().stream()
                        .filter(tag -> cause.jobs().stream()
                                .allMatch(
                                        job -> tag.getValue().equals(job.tags().get(tag.getKey()))))
                        .map(tag -> tag.getKey() + "=" + tag.getValue())
                        .collect(Collectors.joining(" "));
        return cause.type() + (cause.count() == 1 ? "" : " ×" + cause.count()) + "   " + tags;
    }

    private void running(ListBody body, Pencil pencil, Model model, WireRun run) {
        if (run.running().isEmpty()) {
            return;
        }
        body.add(pencil::rule);
        body.add(row -> pencil.heading(row, "Running", plural(run.runningTotal(), "job")));
        int nameWidth = run.running().stream()
                .mapToInt(active -> CellWidth.of(active.link().type()))
                .max()
                .orElse(0);
        for (WireRun.Active active : run.running()) {
            body.add(RunPlace.runningId(active), row -> active(pencil, model, row, nameWidth, active));
        }
        int more = run.runningTotal() - run.running().size();
        if (more > 0) {
            body.add(row -> pencil.text(3, row, Pencil.number(more) + " more", TextStyle.FAINT));
        }
    }

    private static void active(Pencil pencil, Model model, int row, int nameWidth, WireRun.Active active) {
        WireLink link = active.link();
        int end = pencil.width() - 1;
        boolean hasHost = pencil.width() >= NARROW;
        int progressAt = end - TIME - (hasHost ? HOST : 0) - PROGRESS - 7;
        pencil.canvas().put(1, row, StateLook.RUNNING.sign(), StateLook.RUNNING.style());
        pencil.text(3, row, nameWidth, link.type(), TextStyle.PLAIN);
        int tagsAt = 3 + nameWidth + 2;
        String tags = link.tags().isEmpty() ? link.shortId() : link.tagText();
        pencil.text(tagsAt, row, progressAt - tagsAt - 1, tags, TextStyle.PLAIN);
        active.progress().ifPresent(part -> {
            pencil.progress(progressAt, row, PROGRESS, part);
            pencil.right(progressAt + PROGRESS + 6, row, Pencil.percent(part), TextStyle.PLAIN);
        });
        if (hasHost) {
            pencil.text(end - TIME - HOST, row, HOST - 1, active.host().orElse(""), TextStyle.FAINT);
        }
        active.started().ifPresent(at -> pencil.right(end, row, TimeWords.between(at, model.now()), TextStyle.FAINT));
    }

    private static void waiting(ListBody body, Pencil pencil, List<WireRun.Cause> causes) {
        if (causes.isEmpty()) {
            return;
        }
        body.add(pencil::rule);
        int jobs = causes.stream().mapToInt(WireRun.Cause::count).sum();
        body.add(row -> pencil.heading(row, "Not running yet", plural(jobs, "job")));
        for (WireRun.Cause cause : causes) {
            body.add(RunPlace.waitingId(cause), row -> {
                pencil.canvas().put(1, row, StateLook.QUEUED.sign(), StateLook.QUEUED.style());
                pencil.text(3, row, cause.type() + " ×" + cause.count() + "   " + cause.text(), TextStyle.PLAIN);
            });
        }
    }

    @Override
    public List<String> keys() {
        return List.of(
                "j k move",
                "Enter open",
                "/ filter",
                "F failed",
                "r retry",
                "K kill",
                "P pause",
                "J jobs at once",
                "A actions",
                "gj jobs",
                "gt table");
    }
}
