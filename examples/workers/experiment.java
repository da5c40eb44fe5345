import static org.experimaestro.Tags.tag;

import org.experimaestro.*;

/**
 * Draws a sample of some measurements with replacement, and takes its mean.
 *
 * @param size the number of measurements
 * @param replicate the number of the sample, from 0; it only chooses the random numbers
 */
@ConfigType("workers.sample")
record Sample(@Range(min = 1) int size, int replicate) implements SelfTask<Sample> {
    @Override
    public void execute(TaskContext context) {
        RandomStream draws = context.random("draws");
        double sum = 0;
        for (int i = 0; i < size; i++) {
            sum += draws.nextGaussian(10, 2);
        }
        context.metric("mean", sum / size);
    }
}

/** How far the mean of few measurements may be off: the spread of the means of many samples. */
class Bootstrap implements ExperimentPlan<Bootstrap.Settings> {
    record Settings(int samples) {}

    @Override
    public void run(Experiment xp, Settings settings) {
        for (int sample = 0; sample < settings.samples(); sample++) {
            for (int size : new int[] {10, 100}) {
                xp.submit(SampleBuilder.sample().size(tag(size)).replicate(tag(sample)).build());
            }
        }
    }

    @Override
    public void report(Report report) {
        System.out.println(report.table().rows("size").mean("mean").over("replicate"));
    }
}
