package tutorial;

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
 * Builds configurations of the type {@link Adam}.
 */
@Generated("org.experimaestro.processor.ConfigProcessor")
@SuppressWarnings({"deprecation", "removal"})
public final class AdamBuilder implements ConfigBuilder<Adam> {
    /**
     * The parameters that are set.
     */
    private final BuilderState<Adam> assembly;

    /**
     * For the static methods.
     *
     * @param assembly the parameters that are set
     */
    private AdamBuilder(BuilderState<Adam> assembly) {
        this.assembly = assembly;
    }

    /**
     * Starts a configuration of the type {@link Adam}.
     *
     * <p>The Adam optimizer (Kingma &amp; Ba, 2015).
     *
     * <p>See Configurable, the rate and a &lt; b.
     *
     * @return a new builder
     */
    public static AdamBuilder adam() {
        return new AdamBuilder(BuilderState.of($Descriptor.INSTANCE));
    }

    /**
     * Starts a variation of a configuration: all parameters and tags are set as they are there.
     *
     * @param config the configuration
     * @return a new builder
     * @throws ConfigException if a task makes the configuration
     */
    public static AdamBuilder toBuilder(Config<Adam> config) {
        return new AdamBuilder(BuilderState.from(config));
    }

    /**
     * Sets {@code lr}: learning rate, &gt; 0.
     *
     * <p>Default: {@code 1e-3}. At least 0. At most 1.
     *
     * @param lr the value
     * @return this builder
     */
    public AdamBuilder lr(double lr) {
        assembly.set(0, lr);
        return this;
    }

    /**
     * Sets {@code lr}: learning rate, &gt; 0.
     *
     * <p>Default: {@code 1e-3}. At least 0. At most 1.
     *
     * @param lr the value, which is a tag of the configuration too
     * @return this builder
     */
    public AdamBuilder lr(Tagged<? extends Number> lr) {
        assembly.set(0, lr);
        return this;
    }

    /**
     * Sets {@code weightDecay}: weight decay (L2), ≥ 0; never * / or &#64;something.
     *
     * <p>Default: {@code 0}.
     *
     * @param weightDecay the value
     * @return this builder
     */
    public AdamBuilder weightDecay(double weightDecay) {
        assembly.set(1, weightDecay);
        return this;
    }

    /**
     * Sets {@code weightDecay}: weight decay (L2), ≥ 0; never * / or &#64;something.
     *
     * <p>Default: {@code 0}.
     *
     * @param weightDecay the value, which is a tag of the configuration too
     * @return this builder
     */
    public AdamBuilder weightDecay(Tagged<? extends Number> weightDecay) {
        assembly.set(1, weightDecay);
        return this;
    }

    /**
     * Sets {@code eps}: added to the denominator for numerical stability.
     *
     * <p>Default: {@code 1e-8}, which counts in the identifier.
     *
     * @param eps the value
     * @return this builder
     */
    public AdamBuilder eps(double eps) {
        assembly.set(2, eps);
        return this;
    }

    /**
     * Sets {@code eps}: added to the denominator for numerical stability.
     *
     * <p>Default: {@code 1e-8}, which counts in the identifier.
     *
     * @param eps the value, which is a tag of the configuration too
     * @return this builder
     */
    public AdamBuilder eps(Tagged<? extends Number> eps) {
        assembly.set(2, eps);
        return this;
    }

    @Override
    public Config<Adam> build() {
        return assembly.build();
    }

    /**
     * The descriptor of {@link Adam}, for the system and not for plans.
     */
    public static final class $Descriptor extends TypeDescriptor<Adam> {
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
                    "tutorial.adam",
                    1,
                    Adam.class,
                    Parameter.of("lr", ValueType.DOUBLE).withDefault(0.001).withRange(0.0, 1.0),
                    Parameter.of("weightDecay", ValueType.DOUBLE).withDefault(0.0),
                    Parameter.of("eps", ValueType.DOUBLE).withDefault(1.0E-8).withDefaultInId());
        }

        @Override
        public Adam construct(Object[] arguments) throws Exception {
            return new Adam(
                    (double) arguments[0],
                    (double) arguments[1],
                    (double) arguments[2]);
        }

        @Override
        public Object read(Adam value, int index) {
            return switch (index) {
                case 0 -> value.lr();
                case 1 -> value.weightDecay();
                case 2 -> value.eps();
                default -> throw new IndexOutOfBoundsException(index);
            };
        }
    }
}
