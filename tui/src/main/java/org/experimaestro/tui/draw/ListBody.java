package org.experimaestro.tui.draw;

import java.util.ArrayList;
import java.util.List;
import org.experimaestro.tui.model.Viewport;
import org.experimaestro.tui.screen.TextStyle;

/** Lines that are drawn as far as the screen has room, around the one with the cursor. Confined to one thread. */
final class ListBody {
    private final List<Line> lines = new ArrayList<>();

    /** A drawing of one line. */
    @FunctionalInterface
    interface LineDrawing {
        /** Draws the line at a row of the screen. */
        void at(int row);
    }

    private record Line(String id, LineDrawing drawing) {}

    /** Adds a line that the cursor never stands on. */
    void add(LineDrawing drawing) {
        lines.add(new Line("", drawing));
    }

    /** Adds a line of something that the cursor can stand on; it may have several. */
    void add(String id, LineDrawing drawing) {
        lines.add(new Line(id, drawing));
    }

    int size() {
        return lines.size();
    }

    void draw(Pencil pencil, String cursor, int from, int to) {
        int top = Viewport.top(cursorLine(cursor), to - from, lines.size());
        drawFrom(pencil, cursor, top, from, to);
    }

    /** Returns the first line of what the cursor stands on; the first line of all if that is not there. */
    private int cursorLine(String cursor) {
        int first = 0;
        while (first < lines.size() && !lines.get(first).id().equals(cursor)) {
            first++;
        }
        return first == lines.size() ? 0 : first;
    }

    /** Returns the number of things that the cursor can stand on down to a line. */
    private int number(int line) {
        int number = 0;
        String last = "";
        for (Line each : lines.subList(0, Math.min(line + 1, lines.size()))) {
            if (!each.id().isEmpty() && !each.id().equals(last)) {
                number++;
                last = each.id();
            }
        }
        return number;
    }

    void drawFrom(Pencil pencil, String cursor, int top, int from, int to) {
        int own = number(cursorLine(cursor));
        int begin = Math.clamp(top, 0, Math.max(0, lines.size() - (to - from)));
        for (int i = begin; i < Math.min(lines.size(), begin + to - from); i++) {
            int row = from + i - begin;
            lines.get(i).drawing().at(row);
            if (!cursor.isEmpty() && !lines.get(i).id().isEmpty()) {
                pencil.canvas().reach(row, number(i) - own);
            }
            if (!cursor.isEmpty() && lines.get(i).id().equals(cursor)) {
                pencil.canvas().highlight(row);
                pencil.canvas().put(0, row, "▌", TextStyle.ACCENT);
            }
        }
    }
}
