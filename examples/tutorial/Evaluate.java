import java.io.IOException;
import java.util.List;
import org.experimaestro.ConfigType;
import org.experimaestro.SelfTask;
import org.experimaestro.TaskContext;

/**
 * Measures how often a learned model is right: metric {@code accuracy}, the share of the examples whose class it finds,
 * from 0 to 1.
 *
 * @param data the examples to evaluate on: others than those it learned from
 * @param model the learned model
 */
@ConfigType("tutorial.evaluate")
public record Evaluate(Dataset data, LearnedModel model) implements SelfTask<Evaluate> {

    @Override
    public void execute(TaskContext context) throws IOException {
        Network network = model.instance();
        List<Example> examples = data.examples();
        long right = examples.stream()
                .filter(example -> network.predict(example.features()) == example.label())
                .count();
        context.metric("accuracy", (double) right / examples.size());
    }
}
