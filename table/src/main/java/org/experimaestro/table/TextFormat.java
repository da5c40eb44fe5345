package org.experimaestro.table;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.experimaestro.PaperTable;
import org.experimaestro.TableLayout;
import org.experimaestro.base.text.AlignedLines;

/** The writer of tables for a terminal. */
final class TextFormat {
    private TextFormat() {}

    static String write(ComputedTable table) {
        TableGrid grid = TableGrid.of(
                table, Function.identity(), (cell, form) -> cell(cell, form) + marks(cell, table.layout()));
        List<List<String>> lines = new ArrayList<>();
        lines.add(grid.header());
        lines.addAll(grid.lines());
        List<String> text = new ArrayList<>(AlignedLines.of(lines, column -> false));
        text.addAll(Legend.of(table, MarkNames.SIGNS));
        return String.join("\n", text) + "\n";
    }

    private static String cell(PaperTable.Cell cell, Decimals form) {
        return (TableGrid.number(cell, form, " ± ") + " " + TableGrid.count(cell)).strip();
    }

    private static String marks(PaperTable.Cell cell, TableLayout layout) {
        return (" " + MarkNames.signs(cell)).stripTrailing() + (" " + TableGrid.p(cell, layout)).stripTrailing();
    }
}
