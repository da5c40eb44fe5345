import java.io.IOException;
import java.nio.file.Files;
import org.experimaestro.*;

/**
 * Tells how far a checkpoint is from the slope 3.
 *
 * @param checkpoint the checkpoint
 */
@ConfigType("recipes.evaluate-line")
record Evaluate(Checkpoint checkpoint) implements SelfTask<Evaluate> {
    @Override
    public void execute(TaskContext context) throws IOException {
        context.metric("error", Math.abs(Double.parseDouble(Files.readString(checkpoint.slope())) - 3));
    }
}
