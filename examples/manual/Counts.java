import java.nio.file.Path;
import org.experimaestro.ConfigType;
import org.experimaestro.Configurable;

/**
 * What {@link Count} found out.
 *
 * @param corpus the text
 * @param file a line for each token
 */
@ConfigType("manual.counts")
record Counts(Corpus corpus, Path file) implements Configurable {}
