import java.lang.Exception;
import java.lang.IndexOutOfBoundsException;
import java.lang.Object;
import java.lang.Override;
import java.lang.SuppressWarnings;
import javax.annotation.processing.Generated;
import org.experimaestro.Config;
import org.experimaestro.ConfigBuilder;
import org.experimaestro.ConfigException;
import org.experimaestro.generated.BuilderState;
import org.experimaestro.generated.TypeDescriptor;

/**
 * Builds configurations of the type {@link Outer.Switch}.
 */
@Generated("org.experimaestro.processor.ConfigProcessor")
@SuppressWarnings({"deprecation", "removal"})
final class Outer_SwitchBuilder implements ConfigBuilder<Outer.Switch> {
    /**
     * The parameters that are set.
     */
    private final BuilderState<Outer.Switch> assembly;

    /**
     * For the static methods.
     *
     * @param assembly the parameters that are set
     */
    private Outer_SwitchBuilder(BuilderState<Outer.Switch> assembly) {
        this.assembly = assembly;
    }

    /**
     * Starts a configuration of the type {@link Outer.Switch}.
     *
     * @return a new builder
     */
    public static Outer_SwitchBuilder newSwitch() {
        return new Outer_SwitchBuilder(BuilderState.of($Descriptor.INSTANCE));
    }

    /**
     * Starts a variation of a configuration: all parameters and tags are set as they are there.
     *
     * @param config the configuration
     * @return a new builder
     * @throws ConfigException if a task makes the configuration
     */
    public static Outer_SwitchBuilder toBuilder(Config<Outer.Switch> config) {
        return new Outer_SwitchBuilder(BuilderState.from(config));
    }

    @Override
    public Config<Outer.Switch> build() {
        return assembly.build();
    }

    /**
     * The descriptor of {@link Outer.Switch}, for the system and not for plans.
     */
    public static final class $Descriptor extends TypeDescriptor<Outer.Switch> {
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
                    "Outer.Switch",
                    1,
                    Outer.Switch.class);
        }

        @Override
        public Outer.Switch construct(Object[] arguments) throws Exception {
            return new Outer.Switch();
        }

        @Override
        public Object read(Outer.Switch value, int index) {
            throw new IndexOutOfBoundsException(index);
        }
    }
}
