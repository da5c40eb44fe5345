package org.experimaestro.monitor.log;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.experimaestro.WorkspaceException;
import org.experimaestro.base.file.BoundedLines;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.core.json.JsonFile;
import org.experimaestro.core.json.JsonObject;
import org.experimaestro.workspace.Failures;
import org.experimaestro.workspace.Metrics;

/** A reader of all metric values of an attempt. */
public final class MetricHistory {
    /** The longest event: 16 MiB. */
    private static final int LONGEST_LINE = 16 << 20;

    private static final String METRIC = "metric";
    private static final String STEP = "step";

    private MetricHistory() {}

    /**
     * Reads the values over time. Damaged lines, and the values of units, are left out.
     *
     * @param events a file of JSON lines, which may be missing
     * @return the values of each metric in the order in which the task recorded them; the metrics are in the order
     *     of their first value
     * @throws WorkspaceException if the file cannot be read
     */
    public static Map<String, List<MetricPoint>> read(Path events) {
        Map<String, List<MetricPoint>> history = new LinkedHashMap<>();
        try (BoundedLines lines = BoundedLines.open(events, LONGEST_LINE)) {
            for (byte[] line = lines.next(); line != null; line = lines.next()) {
                // Most events record progress, and are not parsed.
                if (new String(line, StandardCharsets.ISO_8859_1).contains("\"" + METRIC + "\"")) {
                    add(line, history);
                }
            }
        } catch (NoSuchFileException none) {
            return Map.of();
        } catch (IOException failed) {
            throw WorkspaceException.of("Cannot read the metrics of a job: " + Failures.reason(failed))
                    .at(events.toString())
                    .cause(failed)
                    .build();
        }
        history.replaceAll((name, points) -> Collections.unmodifiableList(points));
        return Collections.unmodifiableMap(history);
    }

    private static void add(byte[] line, Map<String, List<MetricPoint>> history) {
        try {
            JsonObject event = JsonFile.parse(line, "a line");
            if (event.has(METRIC) && !event.has(Metrics.UNIT)) {
                OptionalLong step = event.has(STEP) ? OptionalLong.of(event.integer(STEP)) : OptionalLong.empty();
                MetricPoint point = MetricPoint.of(event.time("time"), step, Metrics.value(event, "value"));
                history.computeIfAbsent(event.string(METRIC), name -> new ArrayList<>())
                        .add(point);
            }
        } catch (JsonException cut) {
            // A full disk cuts lines in the middle, but later lines are whole.
        }
    }
}
