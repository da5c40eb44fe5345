package models;

import java.lang.Exception;
import java.lang.IndexOutOfBoundsException;
import java.lang.Number;
import java.lang.Object;
import java.lang.Override;
import java.lang.SuppressWarnings;
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
 * Builds configurations of the type {@link TransformerModel}.
 */
@Generated("org.experimaestro.processor.ConfigProcessor")
@SuppressWarnings({"deprecation", "removal"})
public final class TransformerModelBuilder implements ConfigBuilder<TransformerModel> {
    /**
     * The parameters that are set.
     */
    private final BuilderState<TransformerModel> assembly;

    /**
     * For the static methods.
     *
     * @param assembly the parameters that are set
     */
    private TransformerModelBuilder(BuilderState<TransformerModel> assembly) {
        this.assembly = assembly;
    }

    /**
     * Starts a configuration of the type {@link TransformerModel}.
     *
     * <p>A model whose weights live in memory.
     *
     * @return a new builder
     */
    public static TransformerModelBuilder transformerModel() {
        return new TransformerModelBuilder(BuilderState.of($Descriptor.INSTANCE));
    }

    /**
     * Starts a variation of a configuration: all parameters and tags are set as they are there.
     *
     * @param config the configuration
     * @return a new builder
     * @throws ConfigException if a task makes the configuration
     */
    public static TransformerModelBuilder toBuilder(Config<TransformerModel> config) {
        return new TransformerModelBuilder(BuilderState.from(config));
    }

    /**
     * Sets {@code layers}: number of layers.
     *
     * <p>Required.
     *
     * @param layers the value
     * @return this builder
     */
    public TransformerModelBuilder layers(int layers) {
        assembly.set(0, layers);
        return this;
    }

    /**
     * Sets {@code layers}: number of layers.
     *
     * <p>Required.
     *
     * @param layers the value, which is a tag of the configuration too
     * @return this builder
     */
    public TransformerModelBuilder layers(Tagged<? extends Number> layers) {
        assembly.set(0, layers);
        return this;
    }

    /**
     * Sets {@code seed}: seed of the initial weights.
     *
     * <p>Default: {@code 0}.
     *
     * @param seed the value
     * @return this builder
     */
    public TransformerModelBuilder seed(int seed) {
        assembly.set(1, seed);
        return this;
    }

    /**
     * Sets {@code seed}: seed of the initial weights.
     *
     * <p>Default: {@code 0}.
     *
     * @param seed the value, which is a tag of the configuration too
     * @return this builder
     */
    public TransformerModelBuilder seed(Tagged<? extends Number> seed) {
        assembly.set(1, seed);
        return this;
    }

    @Override
    public Config<TransformerModel> build() {
        return assembly.build();
    }

    /**
     * The descriptor of {@link TransformerModel}, for the system and not for plans.
     */
    public static final class $Descriptor extends TypeDescriptor<TransformerModel> {
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
                    "models.transformer",
                    1,
                    TransformerModel.class,
                    Parameter.of("layers", ValueType.INT),
                    Parameter.of("seed", ValueType.INT).withDefault(0));
        }

        @Override
        public TransformerModel construct(Object[] arguments) throws Exception {
            return new TransformerModel(
                    (int) arguments[0],
                    (int) arguments[1]);
        }

        @Override
        public Object read(TransformerModel value, int index) {
            return switch (index) {
                case 0 -> value.layers();
                case 1 -> value.seed();
                default -> throw new IndexOutOfBoundsException(index);
            };
        }
    }
}
