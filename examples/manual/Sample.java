import java.nio.file.Path;
import java.util.Optional;
import org.experimaestro.ConfigType;
import org.experimaestro.Configurable;
import org.experimaestro.Default;

/**
 * Some lines of a text.
 *
 * @param file the text
 * @param rate how many of its lines to take, from 0 to 1; it was 0.4 at first
 * @param limit the greatest number of lines; there was none at first
 */
@ConfigType("manual.sample")
record Sample(
        Path file,
        @Default(value = "0.75", was = "0.4") double rate,
        @Default(value = "1000", was = Default.ABSENT) Optional<Integer> limit)
        implements Configurable {}
