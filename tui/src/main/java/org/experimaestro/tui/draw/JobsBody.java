package org.experimaestro.tui.draw;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.tui.model.JobLine;
import org.experimaestro.tui.model.JobLines;
import org.experimaestro.tui.model.JobsPlace;
import org.experimaestro.tui.model.Model;
import org.experimaestro.tui.model.Viewport;
import org.experimaestro.tui.screen.TextStyle;
import org.experimaestro.tui.text.CellWidth;
import org.experimaestro.tui.text.ForeignText;
import org.experimaestro.tui.wire.WireJobs;
import org.experimaestro.tui.wire.WireProblem;
import org.experimaestro.tui.wire.WireRows;

/** The drawing of the list of jobs. Only the rows on the screen are looked at. */
final class JobsBody implements ScreenBody {
    private static final int PROGRESS = 11;
    private static final int INDENT = 2;

    private final JobsPlace place;

    JobsBody(JobsPlace place) {
        this.place = place;
    }

    @Override
    public String title() {
        return place.run().orElse("All jobs");
    }

    @Override
    public void drawHead(Pencil pencil, Model model, int row) {
        Optional<WireProblem> problem = model.answers().findProblem(place.question());
        Map<String, Integer> counts = place.shown().map(WireJobs::allCounts).orElse(Map.of());
        int end = pencil.width() - 1;
        for (StateLook look : List.of(
                StateLook.DONE,
                StateLook.NEW,
                StateLook.QUEUED,
                StateLook.STARTING,
                StateLook.RUNNING,
                StateLook.CORRUPT,
                StateLook.FAILED)) {
            if (look.in(counts) > 0) {
                String text = look.sign() + " " + Pencil.number(look.in(counts));
                end = pencil.canvas().right(end, row, text, look.style()) - 2;
            }
        }
        String filter = place.selection().filter();
        pencil.text(1, row, end - 1, "/ " + filter, filter.isEmpty() ? TextStyle.FAINT : TextStyle.BOLD);
        problem.flatMap(wrong -> wrong.at().isPresent() ? Optional.of(wrong) : Optional.empty())
                .ifPresent(wrong -> pencil.canvas()
                        .put(
                                3 + wrong.at().orElse(0),
                                row + 1,
                                "^".repeat(Math.max(1, wrong.length().orElse(1))),
                                StateLook.FAILED.style()));
    }

    @Override
    public void draw(Pencil pencil, Model model, int from, int to) {
        Optional<WireJobs> answer = place.shown();
        if (answer.isEmpty()) {
            pencil.text(1, from, problem(model).orElse("Reading the jobs"), TextStyle.PLAIN);
            return;
        }
        if (answer.get().selected() == 0) {
            empty(pencil, answer.get(), from);
            return;
        }
        JobLines lines = place.lines();
        int height = to - from - 1;
        int top = Viewport.top(place.cursor(), height, lines.size());
        int bottom = Math.min(lines.size(), top + height);
        List<Optional<WireRows.Row>> rows = new ArrayList<>();
        for (int index = top; index < bottom; index++) {
            JobLine line = lines.at(index);
            rows.add(line.isGroup() ? Optional.empty() : place.row(model.answers(), line));
        }
        JobColumnsLayout layout = JobColumnsLayout.of(
                pencil.width(),
                labels(answer.get()),
                columns(answer.get()),
                rows.stream().flatMap(Optional::stream).toList());
        heads(pencil, from, layout, answer.get());
        for (int index = top; index < bottom; index++) {
            int row = from + 1 + index - top;
            JobLine line = lines.at(index);
            if (line.isGroup()) {
                group(pencil, row, layout, line.group(), lines.isOpen(index));
            } else {
                job(
                        pencil,
                        model,
                        row,
                        layout,
                        rows.get(index - top),
                        line.group().depth());
            }
            pencil.canvas().reach(row, index - place.cursor());
            if (index == place.cursor()) {
                pencil.canvas().highlight(row);
                pencil.canvas().put(0, row, "▌", TextStyle.ACCENT);
            }
        }
    }

    /** Returns the tags that differ and are not what the jobs are grouped by, and the metrics. */
    private static List<String> columns(WireJobs answer) {
        return answer.columns().stream()
                .filter(name -> !answer.by().contains(name))
                .toList();
    }

    /** Returns the width of the widest label with its indent. */
    private static int labels(WireJobs answer) {
        return answer.groups().stream()
                .mapToInt(group -> INDENT * group.depth() + 2 + CellWidth.of(ForeignText.of(group.label())))
                .max()
                .orElse(0);
    }

    private static void empty(Pencil pencil, WireJobs answer, int from) {
        int row = from;
        pencil.text(
                1,
                row,
                answer.total() == 0
                        ? "There are no jobs here."
                        : "No job of " + Pencil.number(answer.total()) + " matches \"" + answer.filter() + "\".",
                TextStyle.PLAIN);
        for (String advice : answer.advice()) {
            row++;
            pencil.text(1, row, advice, TextStyle.FAINT);
        }
    }

    private static void heads(Pencil pencil, int row, JobColumnsLayout layout, WireJobs answer) {
        pencil.text(
                layout.first(),
                row,
                layout.firstWidth(),
                answer.by().isEmpty() ? "job" : String.join(" × ", answer.by()),
                TextStyle.FAINT);
        layout.tags().forEach(tag -> pencil.text(tag.at(), row, tag.width(), tag.name(), TextStyle.FAINT));
        pencil.text(layout.state(), row, "state", TextStyle.FAINT);
        if (layout.time() > 0) {
            pencil.right(layout.time() + JobColumnsLayout.TIME - 2, row, "time", TextStyle.FAINT);
        }
        if (layout.host() > 0) {
            pencil.text(layout.host(), row, "host", TextStyle.FAINT);
        }
        if (layout.what() > 0) {
            pencil.text(layout.what(), row, "what", TextStyle.FAINT);
        }
    }

    private static void group(Pencil pencil, int row, JobColumnsLayout layout, WireJobs.Group group, boolean isOpen) {
        int at = 1 + INDENT * group.depth();
        pencil.canvas().put(at, row, isOpen ? "[-]" : "[+]", TextStyle.FAINT);
        Map<String, Integer> counts = group.counts();
        String done = StateLook.DONE.in(counts) + "/" + group.size();
        int labelEnd = layout.state() - 1;
        pencil.text(at + 4, row, Math.max(0, labelEnd - at - 5), group.label(), TextStyle.PLAIN);
        pencil.bar(layout.state(), row, layout.stateWidth(), counts);
        if (layout.time() == 0) {
            return;
        }
        pencil.right(layout.time() + JobColumnsLayout.TIME - 2, row, done, TextStyle.PLAIN);
        int failed = StateLook.failed(counts);
        if (failed > 0 && layout.host() > 0) {
            pencil.text(layout.host(), row, Pencil.number(failed) + " failed", StateLook.FAILED.style());
        }
    }

    private void job(
            Pencil pencil, Model model, int row, JobColumnsLayout layout, Optional<WireRows.Row> found, int depth) {
        int at = layout.first() + INDENT * Math.max(0, depth - 1);
        if (found.isEmpty()) {
            pencil.text(at, row, "· ▒▒▒▒▒▒▒▒", TextStyle.FAINT);
            return;
        }
        WireRows.Row job = found.get();
        StateLook look = StateLook.of(job.state());
        if (place.isSelected(job.job())) {
            pencil.canvas().put(at - 2, row, "*", TextStyle.ACCENT);
        }
        pencil.canvas().put(at, row, look.sign(), look.style());
        pencil.text(at + 2, row, job.shortId() + (job.pinned() ? " ^" : ""), TextStyle.PLAIN);
        for (JobColumnsLayout.Field tag : layout.tags()) {
            pencil.text(tag.at(), row, tag.width(), JobColumnsLayout.value(job.values(), tag.name()), TextStyle.PLAIN);
        }
        state(pencil, row, layout, job, look);
        if (layout.time() > 0) {
            pencil.right(layout.time() + JobColumnsLayout.TIME - 2, row, time(model, job), TextStyle.FAINT);
        }
        if (layout.host() > 0) {
            pencil.text(
                    layout.host(), row, JobColumnsLayout.HOST - 1, job.host().orElse(""), TextStyle.FAINT);
        }
        if (layout.what() > 0) {
            pencil.text(layout.what(), row, job.what(), look == StateLook.FAILED ? look.style() : TextStyle.FAINT);
        }
    }

    private static void state(Pencil pencil, int row, JobColumnsLayout layout, WireRows.Row job, StateLook look) {
        if (look == StateLook.RUNNING && job.progress().isPresent()) {
            int width = Math.min(PROGRESS, layout.stateWidth() - 6);
            double part = job.progress().getAsDouble();
            pencil.progress(layout.state(), row, width, part);
            pencil.text(layout.state() + width + 1, row, Pencil.percent(part), TextStyle.PLAIN);
        } else {
            pencil.text(layout.state(), row, layout.stateWidth(), job.state(), look.style());
        }
    }

    private static String time(Model model, WireRows.Row job) {
        if (job.seconds().isPresent()) {
            return TimeWords.duration(job.seconds().getAsDouble());
        }
        return job.state().equals("running")
                ? job.started().map(at -> TimeWords.between(at, model.now())).orElse("")
                : "";
    }

    private Optional<String> problem(Model model) {
        return model.answers().findProblem(place.question()).map(WireProblem::text);
    }

    @Override
    public String status(Model model) {
        Optional<String> problem = problem(model);
        if (problem.isPresent()) {
            return problem.get();
        }
        int selected = place.selectedTotal();
        if (selected > 0) {
            return Pencil.number(selected) + " selected: c compare  r retry  K kill  D clean  y copy  Esc clear";
        }
        return place.shown()
                .map(answer -> answer.selected() == answer.total()
                        ? Pencil.number(answer.total()) + " jobs"
                        : Pencil.number(answer.selected()) + " of " + Pencil.number(answer.total()) + " jobs")
                .orElse("");
    }

    @Override
    public List<String> keys() {
        return List.of(
                "j k move", "Enter open", "x select", "/ filter", "F failed", "b group by", "s sort", "c compare");
    }
}
