package tutorial;

import java.lang.Exception;
import java.lang.IndexOutOfBoundsException;
import java.lang.Integer;
import java.lang.Number;
import java.lang.Object;
import java.lang.Override;
import java.lang.SafeVarargs;
import java.lang.SuppressWarnings;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.annotation.processing.Generated;
import org.experimaestro.Config;
import org.experimaestro.ConfigBuilder;
import org.experimaestro.ConfigException;
import org.experimaestro.Tagged;
import org.experimaestro.generated.BuilderState;
import org.experimaestro.generated.Parameter;
import org.experimaestro.generated.TypeDescriptor;
import org.experimaestro.generated.ValueType;

/**
 * Builds configurations of the type {@link Learn}.
 */
@Generated("org.experimaestro.processor.ConfigProcessor")
@SuppressWarnings({"deprecation", "removal"})
public final class LearnBuilder implements ConfigBuilder<Learn> {
    /**
     * The parameters that are set.
     */
    private final BuilderState<Learn> assembly;

    /**
     * For the static methods.
     *
     * @param assembly the parameters that are set
     */
    private LearnBuilder(BuilderState<Learn> assembly) {
        this.assembly = assembly;
    }

    /**
     * Starts a configuration of the type {@link Learn}.
     *
     * <p>Learns a model.
     *
     * @return a new builder
     */
    public static LearnBuilder learn() {
        return new LearnBuilder(BuilderState.of($Descriptor.INSTANCE));
    }

    /**
     * Starts a variation of a configuration: all parameters and tags are set as they are there.
     *
     * @param config the configuration
     * @return a new builder
     * @throws ConfigException if a task makes the configuration
     */
    public static LearnBuilder toBuilder(Config<Learn> config) {
        return new LearnBuilder(BuilderState.from(config));
    }

    /**
     * Sets {@code optimizer}: the optimizer.
     *
     * <p>Default: what {@code sgd()} makes. At first it was what {@code first()} makes, which does not count in the identifier.
     *
     * @param optimizer the value
     * @return this builder
     */
    public LearnBuilder optimizer(Config<? extends Optimizer> optimizer) {
        assembly.set(0, optimizer);
        return this;
    }

    /**
     * Sets {@code others}.
     *
     * <p>Required.
     *
     * @param others the value
     * @return this builder
     */
    public LearnBuilder others(List<? extends Config<? extends Optimizer>> others) {
        assembly.set(1, others);
        return this;
    }

    /**
     * Sets {@code others}.
     *
     * <p>Required.
     *
     * @param others the configurations, in this order
     * @return this builder
     */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public final LearnBuilder others(Config<? extends Optimizer>... others) {
        assembly.set(1, Arrays.asList(others));
        return this;
    }

    /**
     * Sets {@code epochs}: passes over the data.
     *
     * <p>Required.
     *
     * @param epochs the value
     * @return this builder
     */
    public LearnBuilder epochs(int epochs) {
        assembly.set(2, epochs);
        return this;
    }

    /**
     * Sets {@code epochs}: passes over the data.
     *
     * <p>Required.
     *
     * @param epochs the value, which is a tag of the configuration too
     * @return this builder
     */
    public LearnBuilder epochs(Tagged<? extends Number> epochs) {
        assembly.set(2, epochs);
        return this;
    }

    /**
     * Sets {@code rate}.
     *
     * <p>Default: {@code 0.75}. The first default was {@code 0.4}, which does not count in the identifier.
     *
     * @param rate the value
     * @return this builder
     */
    public LearnBuilder rate(double rate) {
        assembly.set(3, rate);
        return this;
    }

    /**
     * Sets {@code rate}.
     *
     * <p>Default: {@code 0.75}. The first default was {@code 0.4}, which does not count in the identifier.
     *
     * @param rate the value, which is a tag of the configuration too
     * @return this builder
     */
    public LearnBuilder rate(Tagged<? extends Number> rate) {
        assembly.set(3, rate);
        return this;
    }

    /**
     * Sets {@code limit}.
     *
     * <p>Absent unless set. The first default was {@code 3}, which does not count in the identifier.
     *
     * @param limit the value
     * @return this builder
     */
    public LearnBuilder limit(int limit) {
        assembly.set(4, limit);
        return this;
    }

    /**
     * Sets {@code limit}.
     *
     * <p>Absent unless set. The first default was {@code 3}, which does not count in the identifier.
     *
     * @param limit the value; empty leaves it absent
     * @return this builder
     */
    public LearnBuilder limit(Optional<Integer> limit) {
        assembly.set(4, limit);
        return this;
    }

    /**
     * Sets {@code limit}.
     *
     * <p>Absent unless set. The first default was {@code 3}, which does not count in the identifier.
     *
     * @param limit the value, which is a tag of the configuration too
     * @return this builder
     */
    public LearnBuilder limit(Tagged<? extends Number> limit) {
        assembly.set(4, limit);
        return this;
    }

    /**
     * Sets {@code patience}.
     *
     * <p>Default: {@code 3}. It was absent at first: an absent one does not count in the identifier.
     *
     * @param patience the value
     * @return this builder
     */
    public LearnBuilder patience(int patience) {
        assembly.set(5, patience);
        return this;
    }

    /**
     * Sets {@code patience}.
     *
     * <p>Default: {@code 3}. It was absent at first: an absent one does not count in the identifier.
     *
     * @param patience the value; empty leaves it absent
     * @return this builder
     */
    public LearnBuilder patience(Optional<Integer> patience) {
        assembly.set(5, patience);
        return this;
    }

    /**
     * Sets {@code patience}.
     *
     * <p>Default: {@code 3}. It was absent at first: an absent one does not count in the identifier.
     *
     * @param patience the value, which is a tag of the configuration too
     * @return this builder
     */
    public LearnBuilder patience(Tagged<? extends Number> patience) {
        assembly.set(5, patience);
        return this;
    }

    /**
     * Sets {@code gpus}: number of GPUs.
     *
     * <p>Default: {@code 2}. A meta parameter: it does not count in the identifier.
     *
     * @param gpus the value
     * @return this builder
     */
    public LearnBuilder gpus(int gpus) {
        assembly.set(6, gpus);
        return this;
    }

    /**
     * Sets {@code gpus}: number of GPUs.
     *
     * <p>Default: {@code 2}. A meta parameter: it does not count in the identifier.
     *
     * @param gpus the value, which is a tag of the configuration too
     * @return this builder
     */
    public LearnBuilder gpus(Tagged<? extends Number> gpus) {
        assembly.set(6, gpus);
        return this;
    }

    @Override
    public Config<Learn> build() {
        return assembly.build();
    }

    /**
     * The descriptor of {@link Learn}, for the system and not for plans.
     */
    public static final class $Descriptor extends TypeDescriptor<Learn> {
        /**
         * The one descriptor.
         */
        static final $Descriptor INSTANCE = new $Descriptor();

        static {
            register(INSTANCE);
        }

        /**
         * Describes the type.
         */
        private $Descriptor() {
            super(
                    "tutorial.learn",
                    2,
                    Learn.class,
                    Parameter.of("optimizer", ValueType.config(Optimizer.class)).withDefaultFromMethod().withFirstDefaultFromMethod(),
                    Parameter.of("others", ValueType.list(ValueType.config(Optimizer.class))),
                    Parameter.of("epochs", ValueType.INT),
                    Parameter.of("rate", ValueType.DOUBLE).withDefault(0.75).withFirstDefault(0.4),
                    Parameter.of("limit", ValueType.optional(ValueType.INT)).withFirstDefault(3),
                    Parameter.of("patience", ValueType.optional(ValueType.INT)).withDefault(3).withFirstDefault(null),
                    Parameter.of("gpus", ValueType.INT).withDefault(2).withMeta(),
                    Parameter.of("modelPath", ValueType.PATH).withGeneratedPath("model.bin"));
        }

        @Override
        @SuppressWarnings("unchecked")
        public Learn construct(Object[] arguments) throws Exception {
            return new Learn(
                    (Optimizer) arguments[0],
                    (List<Optimizer>) arguments[1],
                    (int) arguments[2],
                    (double) arguments[3],
                    (Optional<Integer>) arguments[4],
                    (Optional<Integer>) arguments[5],
                    (int) arguments[6],
                    (Path) arguments[7]);
        }

        @Override
        public Object read(Learn value, int index) {
            return switch (index) {
                case 0 -> value.optimizer();
                case 1 -> value.others();
                case 2 -> value.epochs();
                case 3 -> value.rate();
                case 4 -> value.limit();
                case 5 -> value.patience();
                case 6 -> value.gpus();
                case 7 -> value.modelPath();
                default -> throw new IndexOutOfBoundsException(index);
            };
        }

        @Override
        public Config<?> defaultConfig(int index) {
            return switch (index) {
                case 0 -> Learn.sgd();
                default -> super.defaultConfig(index);
            };
        }

        @Override
        public Config<?> firstDefaultConfig(int index) {
            return switch (index) {
                case 0 -> Learn.first();
                default -> super.firstDefaultConfig(index);
            };
        }
    }
}
