import static org.experimaestro.Tags.tag;

import org.experimaestro.*;

/**
 * Fits a model, and measures its loss.
 *
 * @param rate the learning rate
 * @param layers the number of layers
 * @param replicate the number of the repetition, from 0; it only chooses the random numbers
 */
@ConfigType("grids.fit")
record Fit(double rate, int layers, @Default("0") int replicate) implements SelfTask<Fit> {
    private static final int STEPS = 100;

    @Override
    public void execute(TaskContext context) {
        RandomStream start = context.random("start");
        RandomStream noise = context.random("noise");
        double weight = start.nextGaussian();
        for (int step = 0; step < STEPS; step++) {
            weight -= rate * layers * (weight - 1 + noise.nextGaussian(0, 0.1));
        }
        context.metric("loss", (weight - 1) * (weight - 1));
    }
}

/** Fits the models of a grid, each several times. */
class Grids implements ExperimentPlan<Grids.Settings> {
    record Model(double rate, int layers) {}

    record Settings(Grid<Model> models, @Default("1") @Range(min = 1) int replicates) {}

    @Override
    public void run(Experiment xp, Settings settings) {
        for (Grid.Point<Model> point : settings.models()) {
            Model model = point.value();
            for (int replicate = 0; replicate < settings.replicates(); replicate++) {
                var fit = FitBuilder.fit()
                        .rate(model.rate())
                        .layers(model.layers())
                        .replicate(tag(replicate))
                        .build();
                xp.submit(point.tag(fit));
            }
        }
    }

    @Override
    public void report(Report report) {
        System.out.println(
                report.table().rows("rate").columns("layers").mean("loss").best(Best.LOWEST));
    }
}
