package org.experimaestro.cli.output;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;

/** A table with aligned columns. A column without values is left out, with its heading. */
public final class TextTable {
    private static final String GAP = "  ";

    private final List<String> headings;
    private final List<List<Line>> rows = new ArrayList<>();

    public TextTable(String... headings) {
        this.headings = List.of(headings);
    }

    /** Adds a row, with a cell for each heading. */
    public void add(Line... cells) {
        rows.add(List.of(cells));
    }

    /**
     * Returns the lines without trailing spaces; the first line has the headings. Each line is made when it is read,
     * because a listing may have a hundred thousand of them.
     */
    public List<Line> lines() {
        List<Line> head =
                headings.stream().map(heading -> Line.of(heading, "bold")).toList();
        int[] widths = widths(head);
        return new AbstractList<>() {
            @Override
            public int size() {
                return 1 + rows.size();
            }

            @Override
            public Line get(int index) {
                return line(index == 0 ? head : rows.get(index - 1), widths);
            }
        };
    }

    private int[] widths(List<Line> head) {
        int[] widths = new int[headings.size()];
        for (List<Line> row : rows) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], row.get(column).width());
            }
        }
        for (int column = 0; column < widths.length; column++) {
            if (widths[column] > 0) {
                widths[column] = Math.max(widths[column], head.get(column).width());
            }
        }
        return widths;
    }

    private static Line line(List<Line> row, int[] widths) {
        Line line = Line.of("");
        int spaces = 0;
        for (int column = 0; column < widths.length; column++) {
            if (widths[column] == 0) {
                continue;
            }
            Line cell = row.get(column);
            if (cell.width() > 0) {
                line.add(" ".repeat(spaces)).add(cell);
                spaces = 0;
            }
            spaces += widths[column] - cell.width() + GAP.length();
        }
        return line;
    }
}
