package org.experimaestro.monitor.report;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.experimaestro.JobReport;

/** The metrics of jobs by their names. */
public final class MetricNames {
    private static final Set<String> LOWER_IS_BETTER = Set.of(
            "loss",
            "error",
            "errors",
            "err",
            "perplexity",
            "ppl",
            "wer",
            "cer",
            "rmse",
            "mse",
            "mae",
            "latency",
            "time",
            "seconds",
            "duration",
            "cost",
            "memory",
            "nll");

    private static final Pattern WORDS = Pattern.compile("[^\\p{L}\\p{N}]+|(?<=\\p{Ll})(?=\\p{Lu})");

    private MetricNames() {}

    /**
     * Returns the metrics that jobs have.
     *
     * @param jobs the jobs
     * @return the number of jobs with each metric, in the order of the first job with it
     */
    public static Map<String, Integer> of(Collection<? extends JobReport> jobs) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        jobs.forEach(job -> job.metrics().keySet().forEach(metric -> counts.merge(metric, 1, Integer::sum)));
        return counts;
    }

    /**
     * Returns the metrics that most jobs have.
     *
     * @param jobs the jobs
     * @param most the largest number of metrics
     * @return metrics that equally many jobs have, in the order of the first job with them
     */
    static List<String> main(Collection<? extends JobReport> jobs, int most) {
        Map<String, Integer> counts = of(jobs);
        int largest = counts.values().stream().max(Integer::compare).orElse(0);
        return counts.keySet().stream()
                .filter(metric -> Integer.valueOf(largest).equals(counts.get(metric)))
                .limit(most)
                .toList();
    }

    /**
     * Returns the types of the jobs that have a metric.
     *
     * @param jobs the jobs
     * @param metric the metric's name
     * @return the type ids
     */
    public static Set<String> types(Collection<? extends JobReport> jobs, String metric) {
        return jobs.stream()
                .filter(job -> job.metrics().containsKey(metric))
                .map(JobReport::type)
                .collect(Collectors.toSet());
    }

    /**
     * Returns whether lower values of a metric seem to be better, by its name.
     *
     * @param metric the name, such as {@code validLoss} or {@code test/wer}
     * @return true if a word of the name means a loss, an error, a time or a cost
     */
    public static boolean seemsBetterBelow(String metric) {
        return WORDS.splitAsStream(metric).anyMatch(word -> LOWER_IS_BETTER.contains(word.toLowerCase(Locale.ROOT)));
    }
}
