import static org.experimaestro.Tags.tag;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.experimaestro.*;

/** A line through the origin, with a slope that is learned. */
@ConfigType("init.line")
final class Line implements Configurable {
    private final String name;
    private double slope;

    /**
     * Creates a line that has learned nothing.
     *
     * @param name a name for it
     */
    @ConfigConstructor
    Line(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    double at(double x) {
        return slope * x;
    }

    void setSlope(double learned) {
        slope = learned;
    }
}

/**
 * Learns the slope of a line from points with the slope 3.
 *
 * @param line the line
 * @param rate the learning rate
 * @param weights the file to write
 */
@ConfigType("init.fit")
record Fit(Line line, double rate, @GeneratedPath("slope.txt") Path weights) implements Task<LoadSlope> {
    private static final int STEPS = 8;

    @Override
    public void execute(TaskContext context) throws IOException {
        double slope = 0;
        for (int step = 0; step < STEPS; step++) {
            slope += rate * (3 - slope);
        }
        Files.writeString(weights, Double.toString(slope));
    }

    @Override
    public LoadSlope outputs(Dependency dep) {
        return dep.on(new LoadSlope(line, weights));
    }
}

/**
 * Gives a line what was learned.
 *
 * @param line the line
 * @param weights the file with its slope
 */
@ConfigType("init.load")
record LoadSlope(Line line, @DataPath Path weights) implements InitTask {
    @Override
    public void init(TaskContext context) throws IOException {
        line.setSlope(Double.parseDouble(Files.readString(weights)));
    }
}

/**
 * Measures the error of a line.
 *
 * @param line the line
 * @param points the number of points
 */
@ConfigType("init.measure")
record Measure(Line line, int points) implements SelfTask<Measure> {
    @Override
    public void execute(TaskContext context) {
        double error = IntStream.range(0, points)
                .mapToDouble(x -> Math.abs(line.at(x) - 3 * x))
                .sum();
        context.metric("error", error / points);
    }
}

/** Measures a line that has learned nothing, and lines that have learned at different rates, here or in an experiment. */
class Lines implements ExperimentPlan<Lines.Settings> {
    record Settings(List<Double> rates, Optional<String> from) {}

    @Override
    public void run(Experiment xp, Settings settings) throws InterruptedException {
        if (settings.from().isPresent()) {
            measureAgain(xp, settings.from().get());
            return;
        }
        Config<Line> line = LineBuilder.line().name("a").build();
        Config<Measure> measure = MeasureBuilder.measure().line(line).points(5).build();
        xp.submit(measure.tag("rate", "none"));
        List<Config<LoadSlope>> all = new ArrayList<>();
        for (double rate : settings.rates()) {
            Config<LoadSlope> learned =
                    xp.submit(FitBuilder.fit().line(line).rate(tag(rate)).build());
            xp.submit(measure.init(learned));
            all.add(learned);
        }

        // For other experiments
        if (xp.await() == Outcome.DONE) {
            xp.save("learned", all);
        }
    }

    /** Measures what another experiment has learned, with more points. */
    private static void measureAgain(Experiment xp, String experiment) {
        for (Config<LoadSlope> learned : xp.loadList(experiment, "learned", LoadSlope.class)) {
            Config<Line> line = learned.get(LoadSlope::line);
            xp.submit(MeasureBuilder.measure().line(line).points(50).build().init(learned));
        }
    }

    @Override
    public void report(Report report) {
        System.out.println(report.table(Measure.class));
    }
}
