import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.experimaestro.*;

/**
 * A way to learn.
 *
 * @param rate how far each step goes
 */
@ConfigType("renaming.descent")
@FormerType("renaming.sgd")
record Descent(@FormerName("lr") double rate) implements Configurable {}

/** The result of learning. */
@ConfigType("renaming.weights")
record Weights(Path file) implements Configurable {}

/**
 * Learns the number 1 by steps.
 *
 * @param method the way to learn
 * @param steps how many steps it goes
 * @param file the number that was learned
 */
@ConfigType("renaming.learn")
record Learn(Descent method, int steps, @GeneratedPath("weights.txt") Path file) implements Task<Weights> {
    @FormerShape
    static Config<Learn> of(Config<Fit> former) {
        return LearnBuilder.learn().method(former.get(Fit::method)).steps(10).build();
    }

    @Override
    public void execute(TaskContext context) throws IOException {
        double weight = 0;
        for (int step = 0; step < steps; step++) {
            weight += method.rate() * (1 - weight);
        }
        Files.writeString(file, String.valueOf(weight));
    }

    @Override
    public Weights outputs(Dependency dep) {
        return dep.on(new Weights(file));
    }
}

/**
 * What learned before, always with 10 steps.
 *
 * @param method the way to learn
 */
@ConfigType("renaming.fit")
record Fit(Descent method) implements Configurable {}

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
class Renamed implements ExperimentPlan<Renamed.Settings> {
    record Settings(List<Double> rates) {}

    @Override
    public void run(Experiment xp, Settings settings) {
        for (double rate : settings.rates()) {
            Config<Descent> method = DescentBuilder.descent().rate(rate).build().tag("rate", rate);
            Config<Weights> weights = xp.submit(LearnBuilder.learn().method(method).steps(10).build());
            xp.submit(TestBuilder.test().weights(weights).build());
        }
    }

    @Override
    public void report(Report report) {
        System.out.println(report.table(Test.class));
    }
}
