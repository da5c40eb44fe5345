package tutorial;

import java.nio.file.Path;
import java.util.List;
import org.experimaestro.Config;
import org.experimaestro.ConfigType;
import org.experimaestro.Configurable;
import org.experimaestro.DefaultFrom;
import org.experimaestro.Default;
import org.experimaestro.Dependency;
import org.experimaestro.GeneratedPath;
import org.experimaestro.Meta;
import org.experimaestro.Task;
import org.experimaestro.TaskContext;

interface Optimizer extends Configurable {}

@ConfigType("tutorial.sgd")
record SGD() implements Optimizer {}

@ConfigType("tutorial.learned")
record LearnedModel(Path path) implements Configurable {}

/**
 * Learns a model.
 *
 * @param optimizer the optimizer
 * @param epochs passes over the data
 * @param gpus number of GPUs
 * @param modelPath where the parameters go
 */
@ConfigType(value = "tutorial.learn", version = 2)
public record Learn(
        @DefaultFrom("sgd") Optimizer optimizer,
        List<Optimizer> others,
        int epochs,
        @Meta @Default("2") int gpus,
        @GeneratedPath("model.bin") Path modelPath)
        implements Task<LearnedModel> {
    static Config<SGD> sgd() {
        return SGDBuilder.sgd().build();
    }

    @Override
    public void execute(TaskContext context) {}

    @Override
    public LearnedModel outputs(Dependency dep) {
        return dep.on(new LearnedModel(modelPath));
    }
}
