package org.experimaestro.cli.output;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;

/** A table with aligned columns. A column without values is left out, with its heading. */
public final class TextTable {
    private static final String GAP = "  ";

    private final Line[] headings;
    private final int[] widths;
    private final List<Line[]> rows = new ArrayList<>();

    public TextTable(String... headings) {
        this.headings = new Line[headings.length];
        this.widths = new int[headings.length];
        for (int column = 0; column < headings.length; column++) {
            this.headings[column] = Line.of(headings[column], "bold");
        }
    }

    /** Adds a row, with a cell for each heading; the array is not changed afterwards. */
    public void add(Line... cells) {
        for (int column = 0; column < widths.length; column++) {
            widths[column] = Math.max(widths[column], cells[column].width());
        }
        rows.add(cells);
    }

    /**
     * Returns the lines of the rows so far, without trailing spaces; the first line has the headings. Each line is made
     * when it is read, because a listing may have a hundred thousand of them.
     */
    public List<Line> lines() {
        return new Lines(1 + rows.size(), shownWidths());
    }

    private final class Lines extends AbstractList<Line> implements RandomAccess {
        private final int size;
        private final int[] shown;

        Lines(int size, int[] shown) {
            this.size = size;
            this.shown = shown;
        }

        @Override
        public int size() {
            return size;
        }

        @Override
        public Line get(int index) {
            Objects.checkIndex(index, size);
            return line(index == 0 ? headings : rows.get(index - 1), shown);
        }
    }

    /** Returns the widths of the columns with their headings; 0 for a column without values. */
    private int[] shownWidths() {
        int[] shown = widths.clone();
        for (int column = 0; column < shown.length; column++) {
            if (shown[column] > 0) {
                shown[column] = Math.max(shown[column], headings[column].width());
            }
        }
        return shown;
    }

    private static Line line(Line[] row, int[] widths) {
        Line line = Line.of("");
        int spaces = 0;
        for (int column = 0; column < widths.length; column++) {
            if (widths[column] == 0) {
                continue;
            }
            Line cell = row[column];
            if (cell.width() > 0) {
                line.addSpaces(spaces).add(cell);
                spaces = 0;
            }
            spaces += widths[column] - cell.width() + GAP.length();
        }
        return line;
    }
}
