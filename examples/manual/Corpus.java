import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.experimaestro.ConfigType;
import org.experimaestro.Configurable;
import org.experimaestro.Content;

/**
 * A text.
 *
 * @param file its file, identified by what is in it
 */
@ConfigType("manual.corpus")
record Corpus(@Content Path file) implements Configurable {
    String text() throws IOException {
        return Files.readString(file);
    }
}
