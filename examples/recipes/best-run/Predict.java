import java.io.IOException;
import java.nio.file.Files;
import org.experimaestro.*;

/**
 * Predicts with a line.
 *
 * @param line the line
 * @param x where
 */
@ConfigType("recipes.predict")
record Predict(Line line, double x) implements SelfTask<Predict> {
    @Override
    public void execute(TaskContext context) throws IOException {
        context.metric("y", Double.parseDouble(Files.readString(line.slope())) * x);
    }
}
