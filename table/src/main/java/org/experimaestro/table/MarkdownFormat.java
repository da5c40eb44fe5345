package org.experimaestro.table;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.experimaestro.PaperTable;

/** The writer of tables in Markdown, in the form of <a href="https://github.github.com/gfm/">GitHub</a>. */
final class MarkdownFormat {
    private static final String SPECIAL = "\\`*_{}[]<>#|~&";

    private MarkdownFormat() {}

    static String write(ComputedTable table) {
        TableGrid grid = TableGrid.of(table, MarkdownFormat::escaped, MarkdownFormat::cell);
        List<String> lines = new ArrayList<>();
        lines.add(line(grid.header()));
        lines.add(grid.header().stream().map(title -> "---").collect(Collectors.joining("|", "|", "|")));
        grid.lines().forEach(cells -> lines.add(line(cells)));
        lines.add("");
        lines.add(Legend.of(table, "Bold", "Italics").stream()
                .map(MarkdownFormat::escaped)
                .collect(Collectors.joining(".  \n", "", ".")));
        return String.join("\n", lines) + "\n";
    }

    private static String line(List<String> cells) {
        return cells.stream().collect(Collectors.joining(" | ", "| ", " |"));
    }

    private static String cell(PaperTable.Cell cell, Decimals form) {
        String number = TableGrid.number(cell, form, " ± ");
        String marked = switch (cell.mark()) {
            case BEST -> "**" + number + "**";
            case NOT_WORSE -> "*" + number + "*";
            case NONE -> number;
        };
        return (marked + " " + escaped(TableGrid.count(cell))).strip();
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            escaped.append(SPECIAL.indexOf(letter) < 0 ? "" : "\\").append(letter);
        }
        return escaped.toString();
    }
}
