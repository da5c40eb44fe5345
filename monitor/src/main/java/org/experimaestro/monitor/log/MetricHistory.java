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

/** Reads all values of the metrics of an attempt. */
public final class MetricHistory {
    /** The most bytes of an event: 16 MiB. */
    private static final int LONGEST_LINE = 16 << 20;

    private static final String METRIC = "metric";
    private static final String STEP = "step";

    private MetricHistory() {}

    /**
     * The values over time.
     *
     * @param events a file of JSON lines, which need not exist
     * @return the values of each metric in the order in which the task told them, the metrics in the order of their first
     *     value; lines that were cut are left out
     * @throws WorkspaceException if the file cannot be read
     */
    public static Map<String, List<MetricPoint>> read(Path events) {
        Map<String, List<MetricPoint>> history = new LinkedHashMap<>();
        try (BoundedLines lines = BoundedLines.open(events, LONGEST_LINE)) {
            for (byte[] line = lines.next(); line != null; line = lines.next()) {
                // Most events tell progress: these are not parsed.
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
            if (event.has(METRIC)) {
                OptionalLong step = event.has(STEP) ? OptionalLong.of(event.integer(STEP)) : OptionalLong.empty();
                MetricPoint point = MetricPoint.of(event.time("time"), step, Metrics.value(event, "value"));
                history.computeIfAbsent(event.string(METRIC), name -> new ArrayList<>())
                        .add(point);
            }
        } catch (JsonException cut) {
            // A full disk cuts lines in the middle. Later lines are as good as ever.
        }
    }
}
