import static org.experimaestro.Tags.tag;

import java.util.List;
import java.util.SplittableRandom;
import org.experimaestro.*;

/**
 * Estimates π: throws darts at a square, and counts those in the quarter of a circle.
 *
 * @param count number of darts
 * @param seed seed of the random numbers
 */
@ConfigType("quickstart.darts")
record Darts(@Range(min = 1) long count, @Default("1") long seed) implements SelfTask<Darts> {
    @Override
    public void execute(TaskContext context) {
        var random = new SplittableRandom(seed);
        long hits = 0;
        for (long dart = 0; dart < count; dart++) {
            double x = random.nextDouble();
            double y = random.nextDouble();
            hits += x * x + y * y < 1 ? 1 : 0;
        }
        context.metric("pi", 4.0 * hits / count);
    }
}

/** Throws more and more darts, with several seeds. */
class Pi implements ExperimentPlan<Pi.Settings> {
    record Settings(List<Long> counts, List<Long> seeds) {}

    @Override
    public void run(Experiment xp, Settings settings) {
        for (long count : settings.counts()) {
            for (long seed : settings.seeds()) {
                xp.submit(DartsBuilder.darts().count(tag(count)).seed(tag(seed)).build());
            }
        }
    }

    @Override
    public void report(Report report) {
        System.out.println(report.table().rows("count").mean("pi").over("seed"));
    }
}
