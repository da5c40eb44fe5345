import java.util.Arrays;
import org.experimaestro.ConfigType;
import org.experimaestro.Default;

/**
 * A multi-layer perceptron: layers of weights, with a rectifier between each and the next.
 *
 * @param layers number of layers of weights, at least 1; with 1, this is logistic regression
 * @param width number of units in each hidden layer (there are {@code layers − 1} of them), at least 1
 * @param seed seed of the random weights that learning starts from
 */
@ConfigType("tutorial.awesome-model")
public record AwesomeModel(
        int layers, @Default("64") int width, @Default("1") long seed) implements Model {

    /** Checks the ranges. */
    public AwesomeModel {
        if (layers < 1) {
            throw new IllegalArgumentException("layers must be at least 1, not " + layers);
        }
        if (width < 1) {
            throw new IllegalArgumentException("width must be at least 1, not " + width);
        }
    }

    @Override
    public Network network(int features, int classes) {
        int[] sizes = new int[layers + 1];
        Arrays.fill(sizes, width);
        sizes[0] = features;
        sizes[layers] = classes;
        return Network.random(sizes, seed);
    }
}
