import static org.experimaestro.Tags.tag;

import java.util.List;
import java.util.SplittableRandom;
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

/** Repeats each estimate with several seeds, and reports the means. */
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
        System.out.println(report.table().rows("darts").mean("pi").over("seed"));
    }
}
