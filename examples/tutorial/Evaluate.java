import java.io.IOException;
import java.util.List;

/**
 * Measures how often a learned model is right.
 *
 * @param data the examples to evaluate on: others than those it learned from
 * @param model the learned model
 */
public record Evaluate(Dataset data, LearnedModel model) {

    /**
     * Evaluates.
     *
     * @return the accuracy: the share of the examples whose class is found, from 0 to 1
     * @throws IOException if the weights cannot be read
     */
    public double execute() throws IOException {
        Network network = model.instance();
        List<Example> examples = data.examples();
        long right = examples.stream()
                .filter(example -> network.predict(example.features()) == example.label())
                .count();
        return (double) right / examples.size();
    }
}
