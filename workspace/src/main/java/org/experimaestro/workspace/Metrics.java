package org.experimaestro.workspace;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.experimaestro.WorkspaceException;
import org.experimaestro.base.file.BoundedLines;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.core.json.JsonFile;
import org.experimaestro.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** The form of metrics in JSON. Infinities and NaN are texts there, because JSON has no such numbers. */
public final class Metrics {
    /** The most bytes of an event: 16 MiB. */
    private static final int LONGEST_LINE = 16 << 20;

    private static final String METRIC = "metric";
    private static final String METRIC_KEY = '"' + METRIC + '"';

    /** The key of the unit, such as a topic, that an event's value is for. Other values are for the job as a whole. */
    public static final String UNIT = "unit";

    private Metrics() {}

    /**
     * Converts a value for JSON.
     *
     * @param value any number
     * @return the number; for infinities and NaN a text, as {@code Infinity}
     */
    public static Object toJson(double value) {
        return Double.isNaN(value) || Double.isInfinite(value) ? Double.toString(value) : (Object) value;
    }

    static Map<String, Object> toJson(Map<String, Double> metrics) {
        Map<String, Object> json = new LinkedHashMap<>();
        for (Map.Entry<String, Double> metric : metrics.entrySet()) {
            json.put(metric.getKey(), toJson(metric.getValue()));
        }
        return json;
    }

    static Map<String, Double> fromJson(JsonObject json) {
        MetricValues metrics = new MetricValues();
        for (String name : json.keys()) {
            metrics.put(name, value(json, name));
        }
        return metrics.view();
    }

    /**
     * Reads the last value of each metric from a file of events, which need not exist. An incomplete last line, and
     * the values of units, are left out.
     *
     * @throws WorkspaceException if the file cannot be read
     */
    static Map<String, Double> ofEvents(Path events) {
        return read(events, null);
    }

    /**
     * Reads the values of a metric by unit, such as a topic, from the events of an attempt.
     *
     * @param events the file of the events
     * @param metric the name of the metric
     * @return the last value of each unit, in the order of their first appearance
     * @throws WorkspaceException if the file cannot be read
     */
    public static Map<String, Double> unitsOfEvents(Path events, String metric) {
        return read(events, metric);
    }

    /** Reads the values of metrics; with {@code unitsOf}, those of this metric's units. */
    private static Map<String, Double> read(Path events, @Nullable String unitsOf) {
        MetricValues metrics = new MetricValues();
        // There may be many events, most of them of progress, which are not parsed.
        try (BoundedLines lines = BoundedLines.open(events, LONGEST_LINE)) {
            for (byte[] line = lines.next(); line != null; line = lines.next()) {
                if (isMetric(line) && (lines.hasEnded() || line[line.length - 1] == '}')) {
                    JsonObject event = JsonFile.parse(line, "a line");
                    if (event.has(METRIC) && event.has(UNIT) == (unitsOf != null)) {
                        String metric = event.string(METRIC);
                        if (unitsOf == null || unitsOf.equals(metric)) {
                            metrics.put(unitsOf == null ? metric : event.string(UNIT), value(event, "value"));
                        }
                    }
                }
            }
        } catch (NoSuchFileException | NotDirectoryException none) {
            return Map.of();
        } catch (IOException failed) {
            throw WorkspaceException.of("Cannot read the metrics of a job: " + Failures.reason(failed))
                    .at(events.toString())
                    .cause(failed)
                    .build();
        } catch (JsonException | IllegalArgumentException corrupt) {
            throw WorkspaceException.of("Cannot read the metrics of a job: " + corrupt.getMessage())
                    .at(events.toString())
                    .cause(corrupt)
                    .build();
        }
        return metrics.view();
    }

    private static boolean isMetric(byte[] line) {
        return new String(line, StandardCharsets.ISO_8859_1).contains(METRIC_KEY);
    }

    /**
     * Reads a value.
     *
     * @param json the object with the value
     * @param name the key of the value
     * @return any number
     * @throws JsonException if the value is neither a number, nor the text of an infinity or of NaN
     */
    public static double value(JsonObject json, String name) {
        if (!(json.raw(name) instanceof String text)) {
            return json.number(name);
        }
        return switch (text) {
            case "NaN" -> Double.NaN;
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> throw new JsonException("the metric \"" + name + "\" is \"" + text + "\", which is no number");
        };
    }
}
