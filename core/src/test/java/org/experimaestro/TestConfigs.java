package org.experimaestro;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Configurations of all kinds, for the tests of this module. */
public final class TestConfigs {
    private TestConfigs() {}

    interface Optimizer extends Configurable {}

    interface Model extends Configurable {}

    enum Activation {
        RELU,
        TANH
    }

    @ConfigType("test.adam")
    record Adam(@Default("1e-3") double lr, @Default("1e-8") double eps) implements Optimizer {
        Adam {
            if (lr <= 0) {
                throw new IllegalArgumentException("lr must be positive");
            }
        }
    }

    @ConfigType("test.mlp")
    record Mlp(int layers, @Default("RELU") Activation activation) implements Model {}

    @ConfigType("test.data")
    record Data(String split, @Default("0") int seed) implements Configurable {}

    @ConfigType("test.dataset")
    record Dataset(Data train, Data test) implements Configurable {
        Data computed() {
            return new Data(train.split(), 1);
        }

        @Override
        public String toString() {
            return "Dataset";
        }
    }

    @ConfigType("test.zoo")
    record Zoo(
            List<Model> models,
            Map<String, Model> named,
            Optional<Model> best,
            @Default("[]") Set<Model> others) implements Configurable {}

    @ConfigType("test.scalars")
    record Scalars(
            boolean aBoolean,
            byte aByte,
            short aShort,
            int anInt,
            long aLong,
            char aChar,
            float aFloat,
            double aDouble,
            String aString,
            Activation anEnum,
            Path aPath,
            Duration aDuration,
            Optional<Integer> anOptional,
            List<List<Integer>> aList,
            Set<String> aSet,
            Map<Activation, Double> aMap)
            implements Configurable {}

    @ConfigType(value = "test.limits", version = 3)
    record Limits(
            @Range(min = 0, max = 1) double rate,
            @OneOf({"small", "large"}) @Default("small") String size,
            @Range(min = 1) @Default("1") Integer count)
            implements Configurable {}

    @ConfigType("test.replacing")
    record Replacing(Data data) implements Configurable {
        Replacing {
            data = new Data(data.split(), 7);
        }
    }

    @ConfigType("test.learn")
    record Learn(
            Model model,
            @DefaultFrom("adam") Optimizer optimizer,
            int epochs,
            @Meta @Default("2") int gpus,
            @GeneratedPath("model.bin") Path modelPath,
            @GeneratedPath Path log)
            implements Task<Mlp> {
        static Config<Adam> adam() {
            return Config.builder(Adam.class).set("lr", 1e-4).build();
        }

        @Override
        public void execute(TaskContext context) {}

        @Override
        public Mlp outputs(Dependency dep) {
            return dep.on(new Mlp(1, Activation.RELU));
        }
    }

    @ConfigType("test.uses-learn")
    record UsesLearn(Learn learn) implements Configurable {}

    @ConfigType("test.pair")
    record Pair<A extends Configurable, B extends Model>(A left, B right) implements Configurable {}

    abstract static class Base implements Model {
        private final int seed;

        Base(int seed) {
            this.seed = seed;
        }

        public int seed() {
            return seed;
        }
    }

    /** A configuration with an inherited parameter and state that is not a parameter. */
    @ConfigType("test.transformer")
    static final class Transformer extends Base {
        private final List<Integer> widths;
        double[] weights = {};

        @ConfigConstructor
        Transformer(List<Integer> widths, @Default("0") int seed) {
            super(seed);
            this.widths = List.copyOf(widths);
        }

        List<Integer> widths() {
            return widths;
        }
    }

    @ConfigType("test.chain")
    record Chain(Optional<Chain> next) implements Configurable {}

    @ConfigType
    record Unnamed() implements Configurable {}
}
