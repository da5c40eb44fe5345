import java.io.IOException;
import java.nio.file.Path;

/**
 * A model that has learned.
 *
 * @param model the model
 * @param path the file of its weights
 */
public record LearnedModel(Model model, Path path) {

    /**
     * Returns the model with the learned weights.
     *
     * @throws IOException if the weights cannot be read
     */
    public Network instance() throws IOException {
        return NetworkFile.read(path);
    }
}
