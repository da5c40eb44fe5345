import java.nio.file.Path;
import org.experimaestro.ConfigType;
import org.experimaestro.Configurable;

/**
 * A network that was trained.
 *
 * @param weights the file with its weights
 */
@ConfigType("halving.learned")
record Learned(Path weights) implements Configurable {}
