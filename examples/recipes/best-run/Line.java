import java.nio.file.Path;
import org.experimaestro.*;

/**
 * A line that was fitted.
 *
 * @param slope the file with its slope
 */
@ConfigType("recipes.line")
record Line(Path slope) implements Configurable {}
