package org.experimaestro.tui.draw;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.experimaestro.tui.model.JobPlace;
import org.experimaestro.tui.model.LogText;
import org.experimaestro.tui.model.Model;
import org.experimaestro.tui.screen.TextStyle;
import org.experimaestro.tui.wire.WireJob;

/** The drawing of a job: the cause first, the log largest; on a wide screen, its facts beside the log. */
final class JobBody implements ScreenBody {
    private static final int WIDE = 140;
    private static final double LOG_PART = 0.62;
    private static final int SHORT_ID = 8;

    private final JobPlace place;
    private final DrawContext context;

    JobBody(JobPlace place, DrawContext context) {
        this.place = place;
        this.context = context;
    }

    @Override
    public String title() {
        int slash = place.name().indexOf('/');
        int end = Math.min(place.name().length(), slash + 1 + SHORT_ID);
        return place.name().substring(0, end).replace('/', ' ');
    }

    @Override
    public String remark(Model model) {
        return model.answers()
                .find(place.question())
                .map(job -> job.job().tagText())
                .orElse("");
    }

    @Override
    public void drawHead(Pencil pencil, Model model, int row) {
        Optional<WireJob> found = model.answers().find(place.question());
        if (found.isEmpty()) {
            pencil.text(
                    1,
                    row,
                    model.answers()
                            .findProblem(place.question())
                            .map(problem -> problem.text())
                            .orElse("Reading the job"),
                    TextStyle.PLAIN);
            return;
        }
        WireJob job = found.get();
        StateLook look = StateLook.of(job.job().state());
        int attempts = job.attempts().size();
        int attempt = place.attempt() == 0 ? attempts : place.attempt();
        String right = (attempts == 0 ? "" : "attempt " + attempt + " of " + attempts + " · ")
                + (place.stream().equals("err") ? "errors" : "output");
        pencil.right(pencil.width() - 1, row, right, TextStyle.FAINT);
        pencil.text(
                1,
                row,
                pencil.width() - right.length() - 3,
                look.sign() + " " + state(job, model),
                look.style().asBold());
    }

    /** Returns the state, since when, for how long, and where. */
    private String state(WireJob job, Model model) {
        List<String> parts = new ArrayList<>();
        String state = job.job().state();
        boolean isTriedAgain = state.equals("new") && !job.attempts().isEmpty();
        parts.add((isTriedAgain ? "waits to be tried again, failed" : state)
                + job.ended()
                        .map(at -> " " + TimeWords.clock(at, model.now(), context.zone()))
                        .orElse("")
                + (job.seconds().isPresent()
                        ? " after " + TimeWords.duration(job.seconds().getAsDouble())
                        : "")
                + (state.equals("running")
                        ? job.started()
                                .map(at -> " for " + TimeWords.between(at, model.now()))
                                .orElse("")
                        : ""));
        job.left()
                .filter(left -> left.seconds().isPresent())
                .ifPresent(left ->
                        parts.add("about " + TimeWords.duration(left.seconds().getAsDouble()) + " left"));
        if (!job.progress().isEmpty() && state.equals("running")) {
            WireJob.Level first = job.progress().getFirst();
            parts.add(Pencil.percent(first.progress()) + " "
                    + job.progress().getLast().description());
        }
        job.host().ifPresent(parts::add);
        job.cause().ifPresent(parts::add);
        return String.join(", ", parts);
    }

    @Override
    public void draw(Pencil pencil, Model model, int from, int to) {
        Optional<WireJob> found = model.answers().find(place.question());
        if (found.isEmpty()) {
            return;
        }
        WireJob job = found.get();
        int begin = from;
        for (String line : why(job)) {
            pencil.text(
                    1,
                    begin,
                    line,
                    begin == from ? StateLook.of(job.job().state()).style() : TextStyle.FAINT);
            begin++;
        }
        if (begin > from) {
            pencil.rule(begin);
            begin++;
        }
        boolean isWide = pencil.width() >= WIDE;
        JobFacts facts = JobFacts.of(job, model, context);
        if (isWide) {
            int logWidth = (int) (pencil.width() * LOG_PART);
            new LogBody(place, context, pencil, logWidth - 1).draw(begin, to);
            for (int row = begin; row < to; row++) {
                pencil.canvas().put(logWidth, row, "│", TextStyle.FAINT);
            }
            facts.draw(pencil, logWidth + 2, place.detail(), begin, to);
        } else if (place.isDetailed()) {
            facts.draw(pencil, 1, place.detail(), begin, to);
        } else {
            new LogBody(place, context, pencil, pencil.width()).draw(begin, to);
        }
    }

    /** Returns why it has failed, or waits, and what to do. */
    private static List<String> why(WireJob job) {
        List<String> lines = new ArrayList<>();
        boolean hasFailed = StateLook.of(job.job().state()).style().equals(StateLook.FAILED.style());
        String message = job.message().flatMap(text -> text.lines().findFirst()).orElse("");
        job.reason().map(WireJob.Why::subject).ifPresent(lines::add);
        if (!message.isEmpty() && lines.stream().noneMatch(line -> line.contains(message))) {
            lines.add(message);
        }
        // Below stands what the advice for a failed job leads to: its log.
        job.reason()
                .map(WireJob.Why::advice)
                .filter(advice -> !hasFailed && !advice.isEmpty())
                .ifPresent(lines::add);
        return lines;
    }

    @Override
    public String status(Model model) {
        LogText log = place.log();
        String search = place.finds()
                .map(finds -> (finds.isPattern() ? "first error" : "/" + finds.text()) + "  " + finds.words() + "  ")
                .orElse("");
        if (!log.none().isEmpty() || place.isDetailed()) {
            return search;
        }
        String where;
        if (place.isFollowing()) {
            where = log.isGrowing() ? "following the end" : "the end";
        } else {
            where = log.firstLine().isPresent()
                    ? "line " + Pencil.number(log.firstLine().getAsLong() + place.top())
                    : Pencil.number(
                                    log.lines().isEmpty()
                                            ? 0
                                            : log.lines().get(place.top()).at())
                            + " bytes on";
        }
        String total = log.total().isPresent()
                ? " of " + Pencil.number(log.total().getAsLong()) + " lines"
                : " of " + Pencil.number(log.size()) + " bytes";
        return search + where + total;
    }

    @Override
    public List<String> keys() {
        return List.of(
                "f follow",
                "/ search",
                "n N match",
                "e first error",
                "s stream",
                "a attempt",
                "d details",
                "w wrap",
                "u back");
    }
}
