package tutorial;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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
        @DefaultFrom(value = "sgd", was = "first") Optimizer optimizer,
        List<Optimizer> others,
        int epochs,
        @Default(value = "0.75", was = "0.4") double rate,
        @Default(value = Default.ABSENT, was = "3") Optional<Integer> limit,
        @Default(value = "3", was = Default.ABSENT) Optional<Integer> patience,
        @Meta @Default("2") int gpus,
        @GeneratedPath("model.bin") Path modelPath)
        implements Task<LearnedModel> {
    static Config<SGD> sgd() {
        return SGDBuilder.sgd().build();
    }

    static Config<SGD> first() {
        return SGDBuilder.sgd().build();
    }

    @Override
    public void execute(TaskContext context) {}

    @Override
    public LearnedModel outputs(Dependency dep) {
        return dep.on(new LearnedModel(modelPath));
    }
}
