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

/** Metrics as JSON, which has no infinities and no NaN: these are written as text. */
public final class Metrics {
    /** The most bytes of an event: 16 MiB. */
    private static final int LONGEST_LINE = 16 << 20;

    private static final String METRIC_KEY = "\"metric\"";

    private Metrics() {}

    /**
     * One value.
     *
     * @param value any number
     * @return a number, or a text
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

    /** The last value of each metric of a file of events, which need not exist; a last line that is not complete is left out. */
    static Map<String, Double> ofEvents(Path events) {
        MetricValues metrics = new MetricValues();
        // Events may be many, and most of them tell progress: these are not parsed.
        try (BoundedLines lines = BoundedLines.open(events, LONGEST_LINE)) {
            for (byte[] line = lines.next(); line != null; line = lines.next()) {
                if (isMetric(line) && (lines.hasEnded() || line[line.length - 1] == '}')) {
                    JsonObject event = JsonFile.parse(line, "a line");
                    if (event.has("metric")) {
                        metrics.put(event.string("metric"), value(event, "value"));
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
     * Reads one value.
     *
     * @param json the object that has it
     * @param name its key
     * @return any number
     * @throws JsonException if it is neither a number, nor the text of an infinity or of NaN
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
