package org.experimaestro.tui.draw;

import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.tui.model.ActionForm;
import org.experimaestro.tui.model.BesidePlace;
import org.experimaestro.tui.model.ComparePlace;
import org.experimaestro.tui.model.JobPlace;
import org.experimaestro.tui.model.JobsPlace;
import org.experimaestro.tui.model.Model;
import org.experimaestro.tui.model.Notice;
import org.experimaestro.tui.model.Overlay;
import org.experimaestro.tui.model.Place;
import org.experimaestro.tui.model.RunPlace;
import org.experimaestro.tui.model.RunsPlace;
import org.experimaestro.tui.model.TablePlace;
import org.experimaestro.tui.screen.Canvas;
import org.experimaestro.tui.screen.Glyphs;
import org.experimaestro.tui.screen.Ink;
import org.experimaestro.tui.screen.ScreenSize;
import org.experimaestro.tui.screen.TextStyle;
import org.experimaestro.tui.text.CellWidth;
import org.experimaestro.tui.text.ForeignText;

/** The drawing of the whole view: a pure function of the model. */
public final class ViewDraw {
    private static final int HEAD = 3;
    private static final int FOOT = 3;
    private static final int PLAIN_ROWS = 1000;

    private ViewDraw() {}

    /**
     * Draws the view.
     *
     * @param model the model, which is not changed
     * @param context the zone and the colours
     * @return a new canvas of the model's size
     */
    public static Canvas of(Model model, DrawContext context) {
        Canvas canvas = new Canvas(model.size());
        Pencil pencil = new Pencil(canvas);
        ScreenBody body = body(model.place(), context);
        int rows = model.size().rows();
        title(pencil, model, context, body);
        pencil.rule(2);
        body.drawHead(pencil, model, 1);
        body.draw(pencil, model, HEAD, rows - FOOT);
        pencil.rule(rows - FOOT);
        status(pencil, model, body, rows - 2);
        keys(pencil, rows - 1, body.keys());
        model.overlay().ifPresent(overlay -> {
            switch (overlay) {
                case Overlay.Prompt prompt -> OverlayDraw.prompt(pencil, rows - 2, prompt);
                case Overlay.Confirmation dialog -> OverlayDraw.confirmation(pencil, dialog);
                case ActionForm form -> OverlayDraw.form(pencil, form);
                case Overlay.Help help -> OverlayDraw.help(pencil, model, help, HEAD, rows - FOOT);
            }
        });
        return canvas;
    }

    /**
     * Draws all lines of the screen as plain text.
     *
     * @param model the model, which is not changed
     * @param context the zone
     * @param columns the width
     * @param glyphs the characters that may be shown
     * @return the lines
     */
    public static List<String> plain(Model model, DrawContext context, int columns, Glyphs glyphs) {
        Canvas canvas = new Canvas(new ScreenSize(columns, PLAIN_ROWS));
        Pencil pencil = new Pencil(canvas);
        ScreenBody body = body(model.place(), context);
        pencil.text(1, 0, body.title(), TextStyle.BOLD);
        body.drawHead(pencil, model, 1);
        body.draw(pencil, model, HEAD, PLAIN_ROWS);
        String cursor = glyphs.of("▌");
        return canvas.lines(glyphs).stream()
                .map(line -> line.startsWith(cursor) ? " " + line.substring(1) : line)
                .map(String::stripTrailing)
                .toList();
    }

    private static ScreenBody body(Place place, DrawContext context) {
        return switch (place) {
            case RunsPlace runs -> new RunsBody(runs, context);
            case RunPlace run -> new RunBody(run, context);
            case BesidePlace beside -> new BesideBody(beside, context);
            case JobsPlace jobs -> new JobsBody(jobs);
            case JobPlace job -> new JobBody(job, context);
            case ComparePlace compare -> new CompareBody(compare);
            case TablePlace table -> new TableBody(table);
        };
    }

    private static void title(Pencil pencil, Model model, DrawContext context, ScreenBody body) {
        String sign;
        TextStyle style;
        String time =
                model.read().map(at -> TimeWords.exact(at, context.zone())).orElse("");
        if (model.isPaused()) {
            sign = "◌ paused, as of " + time;
            style = TextStyle.of(Ink.QUEUED);
        } else if (model.lost().isPresent()) {
            sign = "◌ as of " + time + ", trying again";
            style = TextStyle.of(Ink.FAILED);
        } else {
            sign = time.isEmpty() ? "◌ reading" : "● live " + time;
            style = TextStyle.of(Ink.DONE);
        }
        int at = pencil.canvas().right(pencil.width() - 1, 0, sign, style);
        String title = ForeignText.of(body.title());
        pencil.text(1, 0, at - 2, title, TextStyle.BOLD);
        int behind = 1 + CellWidth.of(title) + 3;
        pencil.text(behind, 0, at - 1 - behind, body.remark(model), TextStyle.PLAIN);
    }

    /** Draws the keys that fit, and the one for all of them. */
    private static void keys(Pencil pencil, int row, List<String> keys) {
        String all = "? keys  q quit";
        int room = pencil.width() - 2 - all.length();
        int at = 1;
        for (String key : keys) {
            int end = at + CellWidth.of(key) + 2;
            if (end > room + 1) {
                break;
            }
            pencil.canvas().put(at, row, key, TextStyle.FAINT);
            at = end;
        }
        pencil.canvas().put(at, row, all, TextStyle.FAINT);
    }

    private static void status(Pencil pencil, Model model, ScreenBody body, int row) {
        Optional<Notice> notice = model.notice();
        if (model.lost().isPresent()) {
            pencil.text(1, row, model.lost().get() + ". Jobs go on without it.", TextStyle.of(Ink.FAILED));
        } else if (notice.isPresent()) {
            pencil.text(
                    1,
                    row,
                    notice.get().text(),
                    notice.get().isProblem() ? TextStyle.of(Ink.FAILED).asBold() : TextStyle.BOLD);
        } else {
            pencil.text(1, row, body.status(model), TextStyle.PLAIN);
        }
    }

    /**
     * Returns the title of the terminal's window.
     *
     * @param model the model
     * @return the number of failures, and the name of what is shown
     */
    public static String windowTitle(Model model) {
        Map<String, Integer> counts = switch (model.place()) {
            case RunPlace run ->
                model.answers()
                        .find(run.question())
                        .map(answer -> answer.run().counts())
                        .orElse(Map.of());
            case JobsPlace jobs ->
                jobs.shown().map(answer -> answer.allCounts()).orElse(Map.of());
            case RunsPlace _, BesidePlace _, JobPlace _, ComparePlace _, TablePlace _ -> Map.of();
        };
        int failed = StateLook.failed(counts);
        String name = ForeignText.of(
                body(model.place(), new DrawContext(ZoneOffset.UTC, false)).title());
        return (failed == 0 ? "" : failed + " failed ") + name;
    }
}
