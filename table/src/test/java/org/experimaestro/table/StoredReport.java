package org.experimaestro.table;

import java.math.BigInteger;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.ConfigId;
import org.experimaestro.JobReport;
import org.experimaestro.Outcome;

/** A job of a test. */
record StoredReport(
        String type,
        ConfigId id,
        Map<String, Object> tags,
        String state,
        Map<String, Double> metrics,
        Map<String, Map<String, Double>> units)
        implements JobReport {
    private static int count;

    static StoredReport done(Map<String, Object> tags, Map<String, Double> metrics) {
        return of(tags, "done", metrics);
    }

    static StoredReport of(Map<String, Object> tags, String state) {
        return of(tags, state, Map.of());
    }

    private static StoredReport of(Map<String, Object> tags, String state, Map<String, Double> metrics) {
        byte[] digits = new byte[16];
        byte[] number = BigInteger.valueOf(++count).toByteArray();
        System.arraycopy(number, 0, digits, 0, number.length);
        return new StoredReport(
                "test.rank", ConfigId.of(digits), new LinkedHashMap<>(tags), state, metrics, new LinkedHashMap<>());
    }

    StoredReport ofType(String other) {
        return new StoredReport(other, id, tags, state, metrics, units);
    }

    StoredReport tagged(Map<String, Object> others) {
        return new StoredReport(type, id, others, state, metrics, units);
    }

    StoredReport unit(String metric, String unit, double value) {
        units.computeIfAbsent(metric, name -> new LinkedHashMap<>()).put(unit, value);
        return this;
    }

    @Override
    public Outcome outcome() {
        return switch (state) {
            case "done" -> Outcome.DONE;
            case "running", "not run" -> Outcome.NOT_RUN;
            default -> Outcome.FAILED;
        };
    }

    @Override
    public Optional<String> reason() {
        return Optional.empty();
    }

    @Override
    public Map<String, Double> metricsSoFar() {
        return metrics;
    }

    @Override
    public Map<String, Double> unitMetrics(String name) {
        return units.getOrDefault(name, Map.of());
    }

    @Override
    public Path folder() {
        return Path.of("/work/jobs", type, id.toString());
    }
}
