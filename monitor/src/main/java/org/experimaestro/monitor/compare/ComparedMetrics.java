package org.experimaestro.monitor.compare;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.experimaestro.base.text.DecimalText;
import org.jspecify.annotations.Nullable;

/** A comparison of the metrics of jobs. */
final class ComparedMetrics {
    private ComparedMetrics() {}

    /**
     * Returns the metrics that differ.
     *
     * @param label the text before the name of each metric
     * @param jobs the metrics of each job
     */
    static List<ComparedValue> differing(String label, List<Map<String, Double>> jobs) {
        Set<String> names = new LinkedHashSet<>();
        jobs.forEach(metrics -> names.addAll(metrics.keySet()));
        List<ComparedValue> differing = new ArrayList<>();
        for (String name : names) {
            List<@Nullable String> texts = new ArrayList<>();
            for (Map<String, Double> metrics : jobs) {
                Double value = metrics.get(name);
                texts.add(value == null ? null : DecimalText.ofMetric(value));
            }
            ComparedValue compared = new ComparedValue(label + name, texts, false);
            if (compared.differs()) {
                differing.add(compared);
            }
        }
        return differing;
    }
}
