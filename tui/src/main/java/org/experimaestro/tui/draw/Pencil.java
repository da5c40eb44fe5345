package org.experimaestro.tui.draw;

import java.util.Locale;
import java.util.Map;
import org.experimaestro.tui.screen.Canvas;
import org.experimaestro.tui.screen.TextStyle;
import org.experimaestro.tui.text.ForeignText;

/** Drawings that several screens have: rules, bars, and foreign text made safe. Confined to one thread. */
final class Pencil {
    private final Canvas canvas;

    Pencil(Canvas canvas) {
        this.canvas = canvas;
    }

    Canvas canvas() {
        return canvas;
    }

    int width() {
        return canvas.size().columns();
    }

    void rule(int row) {
        canvas.put(0, row, "─".repeat(width()), TextStyle.FAINT);
    }

    /** Puts text of other programs, or ours. */
    void text(int column, int row, int width, String text, TextStyle style) {
        canvas.field(column, row, width, ForeignText.of(text), style);
    }

    void text(int column, int row, String text, TextStyle style) {
        text(column, row, width() - column, text, style);
    }

    /** Puts a text at the right edge of a field. */
    void right(int end, int row, String text, TextStyle style) {
        canvas.right(end, row, ForeignText.of(text), style);
    }

    /** Puts a heading of a section, with a remark at the right edge. */
    void heading(int row, String title, String remark) {
        canvas.put(1, row, title, TextStyle.BOLD);
        right(width() - 1, row, remark, TextStyle.FAINT);
    }

    /** Draws the states of jobs: each state that occurs has a cell at least. */
    void bar(int column, int row, int width, Map<String, Integer> counts) {
        int total = StateLook.total(counts);
        if (total == 0 || width <= 0) {
            return;
        }
        StateLook[] looks = StateLook.values();
        int[] cells = new int[looks.length];
        int used = 0;
        for (int i = 0; i < looks.length; i++) {
            int jobs = looks[i].in(counts);
            cells[i] = jobs == 0 ? 0 : Math.max(1, (int) Math.floor((double) jobs * width / total));
            used += cells[i];
        }
        while (used != width) {
            int step = used < width ? 1 : -1;
            int most = 0;
            for (int i = 1; i < cells.length; i++) {
                most = cells[i] > cells[most] ? i : most;
            }
            cells[most] += step;
            used += step;
            if (cells[most] < 1) {
                break; // fewer cells than states
            }
        }
        int at = column;
        for (int i = 0; i < looks.length && at < column + width; i++) {
            int end = Math.min(column + width, at + Math.max(0, cells[i]));
            canvas.put(at, row, looks[i].bar().repeat(end - at), looks[i].style());
            at = end;
        }
    }

    /** Draws a progress from 0 to 1. */
    void progress(int column, int row, int width, double part) {
        int full = (int) Math.floor(Math.clamp(part, 0, 1) * width);
        int at = canvas.put(column, row, "█".repeat(full), StateLook.RUNNING.style());
        canvas.put(at, row, "·".repeat(width - full), TextStyle.FAINT);
    }

    static String percent(double part) {
        return (int) Math.floor(Math.clamp(part, 0, 1) * 100) + " %";
    }

    static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** Returns a number of jobs, or nothing in place of 0. */
    static String some(int number) {
        return number == 0 ? "" : number(number);
    }
}
