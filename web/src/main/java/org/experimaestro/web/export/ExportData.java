package org.experimaestro.web.export;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.experimaestro.core.json.Json;
import org.experimaestro.monitor.view.JobRow;
import org.experimaestro.web.api.WireJson;

/**
 * The data of an export, which are written column by column. Immutable.
 *
 * @param rows the rows
 * @param fields the columns that each job may have, by their names
 * @param named the columns of tags, metrics and parameters
 * @param needs the jobs that each job needs
 * @param attempts the attempts of the jobs that have failed or were tried again
 * @param logs the ends of logs
 */
record ExportData(
        ExportRows rows, Map<String, Column> fields, NamedColumns named, Column needs, Column attempts, LogTails logs) {

    /** Writes the data as JSON; the stream is flushed, and left open. */
    void write(OutputStream stream, ExportHead head) throws IOException {
        Writer out = new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8));
        int size = rows.rows().size();
        out.write("{\"head\":");
        out.write(Json.writeLine(WireJson.of(head)));
        member(out, "fields", fields);
        member(out, "tags", named.tags());
        member(out, "metrics", named.metrics());
        member(out, "parameters", named.parameters());
        out.write(",\"needs\":");
        needs.write(out, size);
        out.write(",\"attempts\":");
        attempts.write(out, size);
        out.write(",\"logs\":");
        tails().write(out, size);
        out.write("}");
        out.flush();
    }

    private Column tails() {
        Column column = new Column();
        List<JobRow> all = rows.rows();
        for (int row = 0; row < all.size(); row++) {
            column.add(row, logs.texts().get(all.get(row).job().name()));
        }
        return column;
    }

    /** Writes a list of names and columns. As an object, a name such as {@code __proto__} would be another thing. */
    private void member(Writer out, String name, Map<String, Column> columns) throws IOException {
        out.write(",\"" + name + "\":[");
        String separator = "";
        for (Map.Entry<String, Column> column : columns.entrySet()) {
            out.write(separator + "[" + Json.writeLine(column.getKey()) + ",");
            column.getValue().write(out, rows.rows().size());
            out.write("]");
            separator = ",";
        }
        out.write("]");
    }
}
