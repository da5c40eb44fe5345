package org.experimaestro.web.export;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.experimaestro.core.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * A value of each row that has one. Each different value is written once. The numbers of rows are written as gaps, and
 * what follows from the size is left out. Confined to one thread.
 */
final class Column {
    private final Map<Object, Integer> values = new LinkedHashMap<>();
    private final List<Integer> rows = new ArrayList<>();
    private final List<Integer> indexes = new ArrayList<>();

    /**
     * Adds the value of a row behind the rows that were added before.
     *
     * @param row the number of the row
     * @param value a JSON value; {@code null} for a row without a value
     */
    void add(int row, @Nullable Object value) {
        if (value != null) {
            rows.add(row);
            indexes.add(values.computeIfAbsent(value, first -> values.size()));
        }
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    /** Returns the number of different values. */
    int different() {
        return values.size();
    }

    /**
     * Writes the column: {@code values}, {@code at} with the index of each row's value, and {@code gaps} with the distance
     * of each row from the one before.
     *
     * @param size the number of all rows
     */
    void write(Writer out, int size) throws IOException {
        out.write("{\"values\":[");
        String separator = "";
        for (Object value : values.keySet()) {
            out.write(separator);
            out.write(Json.writeLine(value));
            separator = ",";
        }
        out.write("]");
        if (values.size() < indexes.size()) {
            out.write(",\"at\":");
            write(out, indexes, false);
        }
        if (rows.size() < size) {
            out.write(",\"gaps\":");
            write(out, rows, true);
        }
        out.write("}");
    }

    private static void write(Writer out, List<Integer> numbers, boolean asGaps) throws IOException {
        int before = 0;
        out.write("[");
        for (int i = 0; i < numbers.size(); i++) {
            int number = numbers.get(i);
            out.write((i == 0 ? "" : ",") + (number - before));
            before = asGaps ? number : 0;
        }
        out.write("]");
    }
}
