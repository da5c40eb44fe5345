package org.experimaestro.workspace;

import java.util.LinkedHashMap;
import java.util.Map;
import org.experimaestro.core.json.JsonObject;

/** Metrics as JSON, which has no infinities and no NaN: these are written as text. */
public final class Metrics {
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
        Map<String, Double> metrics = new LinkedHashMap<>();
        for (String name : json.keys()) {
            metrics.put(name, value(json, name));
        }
        return metrics;
    }

    static double value(JsonObject json, String name) {
        return json.raw(name) instanceof String text ? Double.parseDouble(text) : json.number(name);
    }
}
