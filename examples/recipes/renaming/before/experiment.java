import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.experimaestro.*;

/**
 * A way to learn.
 *
 * @param lr how far each step goes
 */
@ConfigType("renaming.sgd")
record Sgd(double lr) implements Configurable {}

/** The result of learning. */
@ConfigType("renaming.weights")
record Weights(Path file) implements Configurable {}

/**
 * Learns the number 1 by steps.
 *
 * @param method the way to learn
 * @param file the number that was learned
 */
@ConfigType("renaming.fit")
record Fit(Sgd method, @GeneratedPath("weights.txt") Path file) implements Task<Weights> {
    @Override
    public void execute(TaskContext context) throws IOException {
        double weight = 0;
        for (int step = 0; step < 10; step++) {
            weight += method.lr() * (1 - weight);
        }
        Files.writeString(file, String.valueOf(weight));
    }

    @Override
    public Weights outputs(Dependency dep) {
        return dep.on(new Weights(file));
    }
}

/**
 * Measures how far the number that was learned is from 1.
 *
 * @param weights what was learned
 */
@ConfigType("renaming.test")
record Test(Weights weights) implements SelfTask<Test> {
    @Override
    public void execute(TaskContext context) throws IOException {
        context.metric("error", 1 - Double.parseDouble(Files.readString(weights.file())));
    }
}

/** Learns and tests. */
class Named implements ExperimentPlan<Named.Settings> {
    record Settings(List<Double> rates) {}

    @Override
    public void run(Experiment xp, Settings settings) {
        for (double rate : settings.rates()) {
            Config<Sgd> method = SgdBuilder.sgd().lr(rate).build().tag("rate", rate);
            Config<Weights> weights = xp.submit(FitBuilder.fit().method(method).build());
            xp.submit(TestBuilder.test().weights(weights).build());
        }
    }

    @Override
    public void report(Report report) {
        System.out.println(report.table(Test.class));
    }
}
