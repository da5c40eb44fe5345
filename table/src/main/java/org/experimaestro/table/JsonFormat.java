package org.experimaestro.table;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.experimaestro.JobReport;
import org.experimaestro.PaperTable;
import org.experimaestro.TableLayout;
import org.experimaestro.core.json.Json;

/** The writer of tables as a JSON object, with all that is known of the layout and the cells. */
final class JsonFormat {
    private static final String BEST = "best";
    private static final MarkNames NAMES = new MarkNames(BEST, "not worse", "better", "worse");

    private JsonFormat() {}

    static String write(ComputedTable table) {
        TableLayout layout = table.layout();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("rows", layout.rowTags());
        json.put("columns", layout.columnTags());
        json.put("over", layout.replicateTags());
        json.put("confidence", layout.confidenceLevel());
        json.put("interval", layout.bootstrapSeed().isPresent() ? "bootstrap" : "t");
        layout.bootstrapSeed().ifPresent(seed -> json.put("seed", seed));
        json.put("pairedBy", layout.isPerUnit() ? "unit" : "replicate");
        table.baseline().ifPresent(baseline -> json.put("baseline", baseline.tags()));
        json.put(
                "metrics",
                layout.metrics().stream().map(metric -> metric(metric, layout)).toList());
        List<List<String>> texts =
                TableGrid.of(table, name -> name, JsonFormat::text).lines();
        json.put("cells", cells(table, texts));
        json.put("legend", Legend.of(table, NAMES));
        return Json.write(json);
    }

    /** Returns the number as people read it; of a cell without a value, the states of its jobs. */
    private static String text(PaperTable.Cell cell, Decimals form) {
        return cell.value().isEmpty() ? TableGrid.count(cell) : TableGrid.number(cell, form, " \u00b1 ");
    }

    private static List<Object> cells(ComputedTable table, List<List<String>> texts) {
        TableLayout layout = table.layout();
        List<Object> cells = new ArrayList<>();
        for (List<String> line : texts) {
            for (String text : line.subList(layout.rowTags().size(), line.size())) {
                Map<String, Object> json = cell(table.cells().get(cells.size()), layout);
                json.put("text", text);
                cells.add(json);
            }
        }
        return cells;
    }

    private static Map<String, Object> metric(TableLayout.Metric metric, TableLayout layout) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", metric.name());
        json.put("statistic", Words.of(metric.statistic()));
        metric.best().ifPresent(best -> {
            json.put(BEST, Words.of(best));
            json.put("test", layout.isWilcoxon(metric) ? "wilcoxon" : "t");
        });
        return json;
    }

    private static Map<String, Object> cell(PaperTable.Cell cell, TableLayout layout) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("row", cell.row());
        json.put("column", cell.column());
        json.put("metric", cell.metric().name());
        json.put("statistic", Words.of(cell.metric().statistic()));
        put(json, "value", cell.value());
        put(json, "lower", cell.lower());
        put(json, "upper", cell.upper());
        put(json, "halfWidth", cell.halfWidth());
        json.put("n", cell.n());
        json.put("expected", cell.expected());
        json.put("states", cell.states());
        json.put("mark", Words.of(cell.mark()));
        json.put("verdict", Words.of(cell.verdict()));
        put(json, "p", cell.p());
        json.put("pairs", cell.pairs());
        if (layout.hasJobs()) {
            json.put("jobs", cell.jobs().stream().map(JsonFormat::job).toList());
        }
        return json;
    }

    private static Map<String, Object> job(JobReport job) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("type", job.type());
        json.put("id", job.id().toString());
        json.put("state", job.state());
        json.put("folder", job.folder().toString());
        return json;
    }

    /** Adds a number that is there; JSON has no infinities and no NaN. */
    private static void put(Map<String, Object> json, String name, OptionalDouble value) {
        if (value.isPresent()) {
            double number = value.getAsDouble();
            json.put(name, Double.isFinite(number) ? (Object) number : Double.toString(number));
        }
    }
}
