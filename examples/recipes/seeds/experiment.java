import static org.experimaestro.Tags.tag;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.experimaestro.*;

/**
 * Estimates π by darts thrown at a square.
 *
 * @param darts number of darts
 * @param seed seed of the random numbers
 */
@ConfigType("recipes.estimate")
record Estimate(@Range(min = 1) int darts, long seed) implements SelfTask<Estimate> {
    @Override
    public void execute(TaskContext context) {
        var random = new SplittableRandom(seed);
        int hits = 0;
        for (int dart = 0; dart < darts; dart++) {
            double x = random.nextDouble();
            double y = random.nextDouble();
            hits += x * x + y * y < 1 ? 1 : 0;
        }
        context.metric("pi", 4.0 * hits / darts);
    }
}

/** Repeats each estimate with several seeds, and reports mean and standard deviation. */
class Seeds implements ExperimentPlan<Seeds.Settings> {
    record Settings(List<Integer> darts, List<Long> seeds) {}

    @Override
    public void run(Experiment xp, Settings settings) {
        for (int darts : settings.darts()) {
            for (long seed : settings.seeds()) {
                xp.submit(EstimateBuilder.estimate().darts(tag(darts)).seed(tag(seed)).build());
            }
        }
    }

    @Override
    public void report(Report report) {
        Map<Map<String, Object>, List<Double>> groups = new LinkedHashMap<>();
        for (JobReport job : report.jobs()) {
            if (job.outcome() == Outcome.DONE) {
                Map<String, Object> group = new TreeMap<>(job.tags());
                group.remove("seed");
                groups.computeIfAbsent(group, key -> new ArrayList<>()).add(job.metric("pi"));
            }
        }
        groups.forEach((group, values) ->
                System.out.printf("%s  seeds=%d  %.4f ± %.4f%n", group, values.size(), mean(values), deviation(values)));
    }

    static double mean(List<Double> values) {
        return values.stream().mapToDouble(value -> value).average().orElse(Double.NaN);
    }

    /** Returns the standard deviation of a sample: the sum of squares is divided by n - 1. */
    static double deviation(List<Double> values) {
        double mean = mean(values);
        double squares = values.stream().mapToDouble(value -> (value - mean) * (value - mean)).sum();
        return Math.sqrt(squares / (values.size() - 1));
    }
}
