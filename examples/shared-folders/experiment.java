import static org.experimaestro.Tags.tag;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.IntStream;
import org.experimaestro.*;

/**
 * Points of a line with the slope 3.
 *
 * @param count the number of points
 */
@ConfigType("shared.points")
record Points(int count) implements Configurable {
    void write(Path folder) throws IOException {
        List<String> lines = IntStream.rangeClosed(1, count)
                .mapToObj(x -> x + " " + 3 * x)
                .toList();
        Files.write(folder.resolve("points.txt"), lines);
    }

    /** Returns the slope of the line through the origin and the middle of the points. */
    static double slope(Path folder) throws IOException {
        double x = 0;
        double y = 0;
        for (String line : Files.readAllLines(folder.resolve("points.txt"))) {
            String[] point = line.split(" ");
            x += Double.parseDouble(point[0]);
            y += Double.parseDouble(point[1]);
        }
        return y / x;
    }
}

/**
 * Learns the slope of a line, epoch by epoch. It goes on from the last checkpoint that any job with this rate has left.
 *
 * @param points the points to learn from
 * @param rate the learning rate
 * @param epochs the number of epochs
 * @param checkpoints the folder with the states after epochs, which learners of all lengths share
 * @param slope the file to write
 */
@ConfigType("shared.learn")
@Partial(value = "checkpoints", exclude = "length")
record Learn(
        Points points,
        double rate,
        @Group("length") int epochs,
        @GeneratedPath(value = "", partial = "checkpoints") Path checkpoints,
        @GeneratedPath("slope.txt") Path slope)
        implements Task<Line> {

    @Override
    public void execute(TaskContext context) throws Exception {
        // One job makes the file, and all that learn from these points read it.
        Path table = context.cached(points, "table", points::write);
        double target = Points.slope(table);

        int epoch = epochs;
        while (epoch > 0 && !Files.exists(checkpoint(epoch))) {
            epoch--; // a longer job may have left later states, which are of no use here
        }
        context.metric("found", epoch);
        double learned = epoch == 0 ? 0 : Double.parseDouble(Files.readString(checkpoint(epoch)));
        while (epoch < epochs) {
            epoch++;
            learned += rate * (target - learned);
            save(learned, epoch);
            context.progress((double) epoch / epochs);
        }
        Files.writeString(slope, Double.toString(learned));
        context.metric("slope", learned);
    }

    private Path checkpoint(int epoch) {
        return checkpoints.resolve("epoch-" + epoch + ".txt");
    }

    /** Gives the file its name when it is whole, because the job may be killed while it writes. */
    private void save(double learned, int epoch) throws IOException {
        Path part = Files.writeString(checkpoints.resolve("part.txt"), Double.toString(learned));
        Files.move(part, checkpoint(epoch), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public Line outputs(Dependency dep) {
        return dep.on(new Line(slope));
    }
}

/**
 * A learned line.
 *
 * @param slope the file with its slope
 */
@ConfigType("shared.line")
record Line(Path slope) implements Configurable {}

/** Learns for different numbers of epochs, one after the other. */
class Lengths implements ExperimentPlan<Lengths.Settings> {
    record Settings(double rate, List<Integer> epochs) {}

    @Override
    public void run(Experiment xp, Settings settings) {
        Config<Points> points = PointsBuilder.points().count(100).build();
        for (int epochs : settings.epochs()) {
            Config<Learn> learn = LearnBuilder.learn()
                    .points(points)
                    .rate(settings.rate())
                    .epochs(tag(epochs))
                    .build();
            System.out.println(epochs + " epochs share " + learn.partialId("checkpoints"));
            xp.submit(learn);
        }
    }

    @Override
    public void report(Report report) {
        System.out.println(report.table(Learn.class));
    }
}
