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
 * Builds configurations of the type {@link Outer.Adam}.
 */
@Generated("org.experimaestro.processor.ConfigProcessor")
@SuppressWarnings({"deprecation", "removal"})
final class Outer_AdamBuilder implements ConfigBuilder<Outer.Adam> {
    /**
     * The parameters that are set.
     */
    private final BuilderState<Outer.Adam> assembly;

    /**
     * For the static methods.
     *
     * @param assembly the parameters that are set
     */
    private Outer_AdamBuilder(BuilderState<Outer.Adam> assembly) {
        this.assembly = assembly;
    }

    /**
     * Starts a configuration of the type {@link Outer.Adam}.
     *
     * @return a new builder
     */
    public static Outer_AdamBuilder adam() {
        return new Outer_AdamBuilder(BuilderState.of($Descriptor.INSTANCE));
    }

    /**
     * Starts a variation of a configuration: all parameters and tags are set as they are there.
     *
     * @param config the configuration
     * @return a new builder
     * @throws ConfigException if a task makes the configuration
     */
    public static Outer_AdamBuilder toBuilder(Config<Outer.Adam> config) {
        return new Outer_AdamBuilder(BuilderState.from(config));
    }

    /**
     * Sets {@code lr}.
     *
     * <p>Required.
     *
     * @param lr the value
     * @return this builder
     */
    public Outer_AdamBuilder lr(double lr) {
        assembly.set(0, lr);
        return this;
    }

    /**
     * Sets {@code lr}.
     *
     * <p>Required.
     *
     * @param lr the value, which is a tag of the configuration too
     * @return this builder
     */
    public Outer_AdamBuilder lr(Tagged<? extends Number> lr) {
        assembly.set(0, lr);
        return this;
    }

    @Override
    public Config<Outer.Adam> build() {
        return assembly.build();
    }

    /**
     * The descriptor of {@link Outer.Adam}, for the system and not for plans.
     */
    public static final class $Descriptor extends TypeDescriptor<Outer.Adam> {
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
                    "Outer.Adam",
                    1,
                    Outer.Adam.class,
                    Parameter.of("lr", ValueType.DOUBLE));
        }

        @Override
        public Outer.Adam construct(Object[] arguments) throws Exception {
            return new Outer.Adam(
                    (double) arguments[0]);
        }

        @Override
        public Object read(Outer.Adam value, int index) {
            return switch (index) {
                case 0 -> value.lr();
                default -> throw new IndexOutOfBoundsException(index);
            };
        }
    }
}
