import static org.experimaestro.Tags.tag;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.experimaestro.*;

/**
 * Estimates π by darts thrown at a square.
 *
 * @param millions millions of darts
 */
@ConfigType("recipes.darts")
record Darts(@Range(min = 1) int millions) implements SelfTask<Darts> {
    @Override
    public void execute(TaskContext context) {
        var random = new SplittableRandom(1);
        long hits = 0;
        for (int million : context.track(IntStream.range(0, millions).boxed().toList(), "million")) {
            context.throwIfCancelled();
            for (int dart = 0; dart < 1_000_000; dart++) {
                double x = random.nextDouble();
                double y = random.nextDouble();
                hits += x * x + y * y < 1 ? 1 : 0;
            }
        }
        context.metric("pi", 4e-6 * hits / millions);
    }
}

/** Throws more and more darts, where the settings say. */
class Cluster implements ExperimentPlan<Cluster.Settings> {
    record Settings(List<Integer> millions, Requirement needs) {}

    @Override
    public void run(Experiment xp, Settings settings) {
        Launcher launcher = Launcher.find(settings.needs());
        for (int millions : settings.millions()) {
            xp.submit(DartsBuilder.darts().millions(tag(millions)).build(), launcher);
        }
    }

    @Override
    public void report(Report report) {
        System.out.println(report.table());
    }
}
