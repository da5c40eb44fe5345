import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.experimaestro.*;

/**
 * Fits the slope of a line by gradient descent.
 *
 * @param rate learning rate
 * @param steps number of steps
 * @param slope the file to write: the slope
 */
@ConfigType("recipes.fit")
record Fit(double rate, @Default("20") int steps, @GeneratedPath("slope.txt") Path slope) implements Task<Line> {
    @Override
    public void execute(TaskContext context) throws IOException {
        double found = 0;
        for (int step = 0; step < steps; step++) {
            for (double x = 1; x <= 4; x++) {
                found -= rate * 2 * (found * x - 3 * x) * x;
            }
        }
        Files.writeString(slope, Double.toString(found));
        context.metric("loss", Math.abs(found - 3));
    }

    @Override
    public Line outputs(Dependency dep) {
        return dep.on(new Line(slope));
    }
}
