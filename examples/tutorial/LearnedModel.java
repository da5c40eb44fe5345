import java.io.IOException;
import java.nio.file.Path;
import org.experimaestro.ConfigType;
import org.experimaestro.Configurable;

/**
 * A model that has learned.
 *
 * @param model the model
 * @param path the file of its weights
 */
@ConfigType("tutorial.learned-model")
public record LearnedModel(Model model, Path path) implements Configurable {

    /**
     * Returns the model with the learned weights.
     *
     * @throws IOException if the weights cannot be read
     */
    public Network instance() throws IOException {
        return NetworkFile.read(path);
    }
}
