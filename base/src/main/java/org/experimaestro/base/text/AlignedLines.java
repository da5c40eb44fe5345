package org.experimaestro.base.text;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/** A layout of a table as lines with aligned columns, two spaces apart. */
public final class AlignedLines {
    private AlignedLines() {}

    /**
     * Aligns the cells of a table.
     *
     * @param lines the cells of each line, of which all have the same number
     * @param isRight the columns, from 0, that are aligned to the right
     * @return the lines, without blanks at their ends
     */
    public static List<String> of(List<List<String>> lines, IntPredicate isRight) {
        int[] widths = new int[lines.isEmpty() ? 0 : lines.get(0).size()];
        for (List<String> line : lines) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        }
        List<String> aligned = new ArrayList<>();
        for (List<String> line : lines) {
            StringBuilder row = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String padding = " ".repeat(widths[i] - line.get(i).length());
                row.append(i == 0 ? "" : "  ").append(isRight.test(i) ? padding + line.get(i) : line.get(i) + padding);
            }
            aligned.add(row.toString().stripTrailing());
        }
        return aligned;
    }
}
