import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.experimaestro.ConfigType;
import org.experimaestro.Default;
import org.experimaestro.Dependency;
import org.experimaestro.GeneratedPath;
import org.experimaestro.Meta;
import org.experimaestro.Range;
import org.experimaestro.Task;
import org.experimaestro.TaskContext;

/**
 * Learns a model: goes through the examples several times, each time in another order.
 *
 * @param model the model to use
 * @param data the examples to learn from
 * @param optimizer the optimizer
 * @param epochs number of times to go through the examples, at least 1
 * @param batchSize number of examples for one step of the optimizer, at least 1
 * @param gpus number of GPUs to use: changes how fast the model is learned, not what is learned (none is used so far)
 * @param modelPath the file to write the weights to
 */
@ConfigType("tutorial.learn")
public record Learn(
        Model model,
        Dataset data,
        Optimizer optimizer,
        @Range(min = 1) int epochs,
        @Default("16") @Range(min = 1) int batchSize,
        @Meta @Default("2") int gpus,
        @GeneratedPath("model.bin") Path modelPath)
        implements Task<LearnedModel> {

    @Override
    public void execute(TaskContext context) throws IOException {
        List<Example> examples = new ArrayList<>(data.examples());
        Network network = model.network(data.features(), data.classes());
        Optimizer.State state = optimizer.start(network.weights().length);
        for (int epoch = 0; epoch < epochs; epoch++) {
            Collections.shuffle(examples, new Random(epoch));
            double loss = 0;
            for (int start = 0; start < examples.size(); start += batchSize) {
                int end = Math.min(start + batchSize, examples.size());
                loss += learn(network, examples.subList(start, end), state);
            }
            String description = "epoch %d: loss %.4f".formatted(epoch + 1, loss / examples.size());
            context.progress((epoch + 1.0) / epochs, description);
        }
        NetworkFile.write(network, modelPath);
    }

    @Override
    public LearnedModel outputs(Dependency dep) {
        return dep.on(new LearnedModel(model, modelPath));
    }

    /** Makes one step down the mean gradient of a batch, and returns the sum of its losses before that step. */
    private static double learn(Network network, List<Example> batch, Optimizer.State state) {
        double[] gradient = new double[network.weights().length];
        double loss = 0;
        for (Example example : batch) {
            loss += network.addGradient(example, gradient);
        }
        Arrays.setAll(gradient, i -> gradient[i] / batch.size());
        state.step(network.weights(), gradient);
        return loss;
    }
}
