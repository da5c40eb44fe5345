package org.experimaestro.base.text;

import java.util.List;

/**
 * A writer of lines of comma-separated values (RFC 4180) that are safe to open. A cell that a spreadsheet would take for
 * a formula begins with an apostrophe, and characters that a terminal obeys are escaped as in {@link VisibleText}.
 * Numbers stay as they are.
 */
public final class CsvLine {
    /** The first characters of formulas, also those of full width, and white space that spreadsheets leave out before. */
    private static final String FORMULA = "=+-@\t\n\uFF1D\uFF0B\uFF0D\uFF20";

    private CsvLine() {}

    /**
     * Returns a line.
     *
     * @param cells the cells; those with commas, quotes or line breaks are quoted
     * @return the line, with a line feed at its end
     */
    public static String of(List<String> cells) {
        StringBuilder csv = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            String cell = safe(cells.get(i));
            boolean quoted = cell.indexOf(',') >= 0 || cell.indexOf('"') >= 0 || cell.indexOf('\n') >= 0;
            csv.append(i == 0 ? "" : ",").append(quoted ? '"' + cell.replace("\"", "\"\"") + '"' : cell);
        }
        return csv.append('\n').toString();
    }

    private static String safe(String cell) {
        String visible = VisibleText.lines(cell);
        boolean isFormula = !visible.isEmpty() && FORMULA.indexOf(visible.charAt(0)) >= 0 && !isNumber(visible);
        return isFormula ? "'" + visible : visible;
    }

    private static boolean isNumber(String text) {
        try {
            Double.parseDouble(text);
            return true;
        } catch (NumberFormatException other) {
            return false;
        }
    }
}
