package org.experimaestro.monitor.log;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.core.json.JsonFile;
import org.experimaestro.core.json.JsonObject;
import org.experimaestro.workspace.Metrics;

/**
 * A line of a job's events that has a value of a metric. Immutable.
 *
 * @param metric the metric's name
 * @param point the value
 */
record MetricEvent(String metric, MetricPoint point) {
    private static final String METRIC = "metric";
    private static final String STEP = "step";

    /** Reads a line; empty for another event, for the value of a unit, and for a damaged line. */
    static Optional<MetricEvent> find(byte[] line) {
        // Most events record progress, and are not parsed.
        if (!new String(line, StandardCharsets.ISO_8859_1).contains("\"" + METRIC + "\"")) {
            return Optional.empty();
        }
        try {
            JsonObject event = JsonFile.parse(line, "a line");
            if (!event.has(METRIC) || event.has(Metrics.UNIT)) {
                return Optional.empty();
            }
            OptionalLong step = event.has(STEP) ? OptionalLong.of(event.integer(STEP)) : OptionalLong.empty();
            return Optional.of(new MetricEvent(
                    event.string(METRIC), MetricPoint.of(event.time("time"), step, Metrics.value(event, "value"))));
        } catch (JsonException cut) {
            return Optional.empty(); // a full disk cuts lines in the middle, but later lines are whole
        }
    }
}
