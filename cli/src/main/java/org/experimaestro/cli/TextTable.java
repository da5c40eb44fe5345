package org.experimaestro.cli;

import java.util.ArrayList;
import java.util.List;
import org.experimaestro.internal.VisibleText;
import picocli.CommandLine.Help.Ansi;

/** Rows in aligned columns. A column without any value is left out, with its heading. */
final class TextTable {
    private static final String GAP = "  ";

    private final List<String> headings;
    private final List<List<Cell>> rows = new ArrayList<>();

    /**
     * A value.
     *
     * @param text the value; what cannot be seen in it, line ends too, is shown as escapes
     * @param style a style of picocli's markup, or an empty text
     */
    record Cell(String text, String style) {
        Cell {
            text = VisibleText.of(text);
        }

        static Cell of(String text) {
            return new Cell(text, "");
        }

        private int width() {
            return text.codePointCount(0, text.length());
        }

        private String shown(Ansi ansi) {
            return Styles.apply(text, style, ansi);
        }
    }

    TextTable(String... headings) {
        this.headings = List.of(headings);
    }

    /** Adds a row, with a cell for each heading. */
    void add(Cell... cells) {
        rows.add(List.of(cells));
    }

    /** The lines, the headings first, without spaces at their ends. */
    List<String> lines(Ansi ansi) {
        List<List<Cell>> all = new ArrayList<>();
        all.add(headings.stream().map(heading -> new Cell(heading, "bold")).toList());
        all.addAll(rows);
        int[] widths = new int[headings.size()];
        for (int column = 0; column < widths.length; column++) {
            for (List<Cell> row : rows) {
                widths[column] = Math.max(widths[column], row.get(column).width());
            }
            if (widths[column] > 0) {
                widths[column] = Math.max(widths[column], all.get(0).get(column).width());
            }
        }
        return all.stream().map(row -> line(row, widths, ansi)).toList();
    }

    private static String line(List<Cell> row, int[] widths, Ansi ansi) {
        StringBuilder line = new StringBuilder();
        int spaces = 0;
        for (int column = 0; column < widths.length; column++) {
            if (widths[column] == 0) {
                continue;
            }
            Cell cell = row.get(column);
            if (cell.width() > 0) {
                line.append(" ".repeat(spaces)).append(cell.shown(ansi));
                spaces = 0;
            }
            spaces += widths[column] - cell.width() + GAP.length();
        }
        return line.toString();
    }
}
