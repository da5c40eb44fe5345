package org.experimaestro.table;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.experimaestro.PaperTable;
import org.experimaestro.TableLayout;

/** The writer of tables in Markdown, in the form of <a href="https://github.github.com/gfm/">GitHub</a>. */
final class MarkdownFormat {
    private static final String SPECIAL = "\\`*_{}[]<>#|~&";

    private static final MarkNames NAMES =
            new MarkNames("Bold", "Italics", MarkNames.SIGNS.better(), MarkNames.SIGNS.worse());

    private MarkdownFormat() {}

    static String write(ComputedTable table) {
        TableGrid grid = TableGrid.of(table, MarkdownFormat::escaped, (cell, form) -> cell(cell, form, table.layout()));
        List<String> lines = new ArrayList<>();
        lines.add(line(grid.header()));
        lines.add(grid.header().stream().map(title -> "---").collect(Collectors.joining("|", "|", "|")));
        grid.lines().forEach(cells -> lines.add(line(cells)));
        lines.add("");
        lines.add(Legend.of(table, NAMES).stream()
                .map(MarkdownFormat::escaped)
                .collect(Collectors.joining(".  \n", "", ".")));
        return String.join("\n", lines) + "\n";
    }

    private static String line(List<String> cells) {
        return cells.stream().collect(Collectors.joining(" | ", "| ", " |"));
    }

    private static String cell(PaperTable.Cell cell, Decimals form, TableLayout layout) {
        String number = TableGrid.number(cell, form, " ± ");
        String marked = switch (cell.mark()) {
            case BEST -> "**" + number + "**";
            case NOT_WORSE -> "*" + number + "*";
            case NONE -> number;
        };
        return Stream.of(
                        marked,
                        escaped(TableGrid.count(cell)),
                        MarkNames.verdict(cell),
                        escaped(TableGrid.p(cell, layout)))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" "));
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
