package org.experimaestro.web.export;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.experimaestro.monitor.filter.RowValues;
import org.experimaestro.monitor.view.JobRow;

/**
 * The columns of an export that have names which plans and tasks choose. Immutable.
 *
 * @param tags the tags of the rows, by their names
 * @param metrics the metrics of the jobs, in the order of the first job with them
 * @param parameters the parameters of the jobs, by their names; a value may have parts
 */
record NamedColumns(Map<String, Column> tags, Map<String, Column> metrics, Map<String, Column> parameters) {

    /** Reads the columns; the parameters of a job are read from its file. */
    static NamedColumns of(List<JobRow> rows) {
        Map<String, Column> tags = new TreeMap<>();
        Map<String, Column> metrics = new LinkedHashMap<>();
        Map<String, Column> parameters = new LinkedHashMap<>();
        for (int i = 0; i < rows.size(); i++) {
            int row = i;
            JobRow each = rows.get(row);
            each.tags().forEach((name, value) -> add(tags, name, row, PackedValue.of(value)));
            RowValues.metrics(each.job()).forEach((name, value) -> add(metrics, name, row, PackedValue.of(value)));
            each.job().parameters().values().forEach((name, value) -> {
                Object packed = PackedValue.ofParameter(value);
                if (packed != null) {
                    add(parameters, name, row, packed);
                }
            });
        }
        return new NamedColumns(tags, metrics, parameters);
    }

    private static void add(Map<String, Column> columns, String name, int row, Object value) {
        columns.computeIfAbsent(name, first -> new Column()).add(row, value);
    }
}
