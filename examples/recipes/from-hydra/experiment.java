import static org.experimaestro.Tags.tag;

import java.util.List;
import org.experimaestro.*;

/**
 * Stands for a training: computes a loss.
 *
 * @param optimizer the optimizer
 * @param layers number of layers
 */
@ConfigType("recipes.hydra-train")
record Train(Optimizer optimizer, int layers) implements SelfTask<Train> {
    @Override
    public void execute(TaskContext context) {
        context.metric("loss", optimizer.step() / layers);
    }
}

interface Optimizer extends Configurable {
    double step();
}

@ConfigType("recipes.hydra-sgd")
record Sgd(double lr) implements Optimizer {
    @Override
    public double step() {
        return lr;
    }
}

@ConfigType("recipes.hydra-adam")
record Adam(double lr, @Default("0.9") double beta) implements Optimizer {
    @Override
    public double step() {
        return lr * beta;
    }
}

/** Trains with all combinations. */
class Hydra implements ExperimentPlan<Hydra.Settings> {
    enum Kind {
        SGD,
        ADAM
    }

    record OptimizerSettings(@Default("sgd") Kind kind, double lr) {}

    record Settings(OptimizerSettings optimizer, List<Integer> layers) {}

    @Override
    public void run(Experiment xp, Settings settings) {
        double lr = settings.optimizer().lr();
        Config<? extends Optimizer> optimizer =
                switch (settings.optimizer().kind()) {
                    case SGD -> SgdBuilder.sgd().lr(lr).build();
                    case ADAM -> AdamBuilder.adam().lr(lr).build();
                };
        for (int layers : settings.layers()) {
            xp.submit(TrainBuilder.train().optimizer(optimizer).layers(tag(layers)).build());
        }
    }

    @Override
    public void report(Report report) {
        System.out.println(report.table());
    }
}
