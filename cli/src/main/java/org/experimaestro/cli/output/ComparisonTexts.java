package org.experimaestro.cli.output;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.experimaestro.base.text.DecimalText;
import org.experimaestro.monitor.compare.ComparedValue;
import org.jspecify.annotations.Nullable;

/** Tables of values that differ, for people, and for programs. */
public final class ComparisonTexts {
    private static final int LONGEST = 60;

    private ComparisonTexts() {}

    /**
     * Returns the lines of a table.
     *
     * @param heading the heading of the names
     * @param columns the heading of each compared thing
     * @param values the values that differ
     */
    public static List<Line> table(String heading, List<String> columns, List<ComparedValue> values) {
        List<String> headings = new ArrayList<>(List.of(heading));
        headings.addAll(columns);
        headings.add("");
        TextTable table = new TextTable(headings.toArray(String[]::new));
        for (ComparedValue value : values) {
            List<Line> cells = new ArrayList<>(List.of(Line.of(value.name())));
            value.values().forEach(text -> cells.add(Line.of(text == null ? "-" : ValueTexts.cut(text, LONGEST))));
            cells.add(Line.of(""));
            table.add(cells.toArray(Line[]::new));
        }
        return table.lines();
    }

    /** Returns the values of metrics with six digits, but with all of them where fewer would hide a difference. */
    public static List<ComparedValue> rounded(List<ComparedValue> metrics) {
        return metrics.stream()
                .map(metric -> metric.shortened(text -> DecimalText.rounded(Double.parseDouble(text))))
                .toList();
    }

    /** Returns values for a line of JSON. */
    public static List<Map<String, @Nullable Object>> json(List<ComparedValue> values) {
        List<Map<String, @Nullable Object>> json = new ArrayList<>();
        for (ComparedValue value : values) {
            Map<String, @Nullable Object> entry = new LinkedHashMap<>();
            entry.put("name", value.name());
            entry.put("values", value.values());
            entry.put("counts", value.counts());
            json.add(entry);
        }
        return json;
    }
}
