package org.experimaestro.table;

import java.util.ArrayList;
import java.util.List;
import org.experimaestro.PaperTable;
import org.experimaestro.TableLayout;

/** The writer of tables in LaTeX, with the rules of the package {@code booktabs}. */
final class LatexFormat {
    private static final MarkNames NAMES = new MarkNames("bold", "underlined", "superscript +", "-");

    private LatexFormat() {}

    static String write(ComputedTable table) {
        TableGrid grid = TableGrid.of(
                table, LatexFormat::escaped, (cell, form) -> cell(cell, form) + marks(cell, table.layout()));
        int tags = table.layout().rowTags().size();
        List<String> lines = new ArrayList<>();
        lines.add("% \\usepackage{booktabs}");
        Legend.of(table, NAMES).forEach(sentence -> lines.add("% " + sentence));
        lines.add("\\begin{tabular}{" + "l".repeat(tags)
                + "r".repeat(grid.header().size() - tags) + "}");
        lines.add("\\toprule");
        lines.add(line(grid.header()));
        lines.add("\\midrule");
        grid.lines().forEach(cells -> lines.add(line(cells)));
        lines.add("\\bottomrule");
        lines.add("\\end{tabular}");
        return String.join("\n", lines) + "\n";
    }

    /** A row must not begin with the argument that the command before it may have: a length in brackets, or a star. */
    private static String line(List<String> cells) {
        String line = String.join(" & ", cells) + " \\\\";
        return line.startsWith("[") || line.startsWith("*") ? "{}" + line : line;
    }

    /** A complete cell has no count: the caption of a paper's table has it. */
    private static String cell(PaperTable.Cell cell, Decimals form) {
        String number = TableGrid.number(cell, form, " $\\pm$ ").replace("-", "$-$");
        String marked = switch (cell.mark()) {
            case BEST -> "\\textbf{" + number + "}";
            case NOT_WORSE -> "\\underline{" + number + "}";
            case NONE -> number;
        };
        if (cell.n() == cell.expected()) {
            return marked;
        }
        String count = escaped(TableGrid.count(cell));
        return cell.n() == 0 ? count : marked + " {\\scriptsize(" + count + ")}";
    }

    /** Returns the sign of a verdict, and the p-value in the size of a count. */
    private static String marks(PaperTable.Cell cell, TableLayout layout) {
        String verdict = MarkNames.verdict(cell);
        String p = TableGrid.p(cell, layout);
        return (verdict.isEmpty() ? "" : "$^{" + verdict + "}$") + (p.isEmpty() ? "" : " {\\scriptsize($" + p + "$)}");
    }

    static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            switch (letter) {
                case '\\' -> escaped.append("\\textbackslash{}");
                case '~' -> escaped.append("\\textasciitilde{}");
                case '^' -> escaped.append("\\textasciicircum{}");
                case '<' -> escaped.append("\\textless{}");
                case '>' -> escaped.append("\\textgreater{}");
                case '|' -> escaped.append("\\textbar{}");
                case '"' -> escaped.append("{\\ttfamily\\char34}"); // \\textquotedbl needs the encoding T1
                case '&', '%', '$', '#', '_', '{', '}' -> escaped.append('\\').append(letter);
                default -> escaped.append(letter);
            }
        }
        return escaped.toString();
    }
}
