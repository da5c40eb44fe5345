import java.nio.file.Path;
import org.experimaestro.*;

/**
 * The state of a training.
 *
 * @param step the number of steps that are done
 * @param slope the file with the slope
 */
@ConfigType("recipes.checkpoint")
record Checkpoint(int step, Path slope) implements Configurable {}
