package org.experimaestro;

import java.nio.file.Path;

/** The Java of docs/identifier-bytes.md. */
final class IdentifierExamples {
    private IdentifierExamples() {}

    interface Optimizer extends Configurable {}

    // @start region="adam"
    @ConfigType("tutorial.adam")
    record Adam(
            @Default("1e-3") double lr,
            @Default("1e-8") double eps,
            @Meta @Default("1") int threads) implements Optimizer {}
    // @end

    // @start region="model"
    @ConfigType("tutorial.model")
    record Model(int layers) implements Configurable {}
    // @end

    // @start region="learn"
    @ConfigType("tutorial.learn")
    record Learn(
            Optimizer optimizer,
            int epochs,
            @GeneratedPath("model.bin") Path modelPath) implements Task<Model> {
        @Override
        public void execute(TaskContext context) {
            context.progress(1);
        }

        @Override
        public Model outputs(Dependency dep) {
            return dep.on(new Model(3));
        }
    }
    // @end

    static Config<Adam> buildAdam() {
        // @start region="build-adam"
        var adam = Config.builder(Adam.class).set("lr", 1e-4).set("threads", 8).build();
        // @end
        return adam;
    }

    static Config<Learn> buildLearn(Config<Adam> adam) {
        // @start region="build-learn"
        var learn = Config.builder(Learn.class)
                .set("optimizer", adam)
                .set("epochs", 16)
                .build();
        // @end
        return learn;
    }
}
