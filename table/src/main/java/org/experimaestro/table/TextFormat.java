package org.experimaestro.table;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.experimaestro.PaperTable;
import org.experimaestro.base.text.AlignedLines;

/** The writer of tables for a terminal. */
final class TextFormat {
    private static final String BEST = "*";
    private static final String NOT_WORSE = "~";

    private TextFormat() {}

    static String write(ComputedTable table) {
        TableGrid grid = TableGrid.of(table, Function.identity(), TextFormat::cell);
        List<List<String>> lines = new ArrayList<>();
        lines.add(grid.header());
        lines.addAll(grid.lines());
        List<String> text = new ArrayList<>(AlignedLines.of(lines, column -> false));
        text.addAll(Legend.of(table, BEST, NOT_WORSE));
        return String.join("\n", text) + "\n";
    }

    private static String cell(PaperTable.Cell cell, Decimals form) {
        String mark = switch (cell.mark()) {
            case BEST -> " " + BEST;
            case NOT_WORSE -> " " + NOT_WORSE;
            case NONE -> "";
        };
        return (TableGrid.number(cell, form, " ± ") + " " + TableGrid.count(cell)).strip() + mark;
    }
}
