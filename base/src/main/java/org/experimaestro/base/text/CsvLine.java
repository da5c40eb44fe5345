package org.experimaestro.base.text;

import java.util.List;

/** A writer of lines of comma-separated values (RFC 4180). */
public final class CsvLine {
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
            String cell = cells.get(i);
            boolean quoted = cell.indexOf(',') >= 0
                    || cell.indexOf('"') >= 0
                    || cell.indexOf('\n') >= 0
                    || cell.indexOf('\r') >= 0;
            csv.append(i == 0 ? "" : ",").append(quoted ? '"' + cell.replace("\"", "\"\"") + '"' : cell);
        }
        return csv.append('\n').toString();
    }
}
