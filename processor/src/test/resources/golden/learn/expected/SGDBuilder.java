package tutorial;

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
 * Builds configurations of the type {@link SGD}.
 */
@Generated("org.experimaestro.processor.ConfigProcessor")
@SuppressWarnings({"deprecation", "removal"})
final class SGDBuilder implements ConfigBuilder<SGD> {
    /**
     * The parameters that are set.
     */
    private final BuilderState<SGD> assembly;

    /**
     * For the static methods.
     *
     * @param assembly the parameters that are set
     */
    private SGDBuilder(BuilderState<SGD> assembly) {
        this.assembly = assembly;
    }

    /**
     * Starts a configuration of the type {@link SGD}.
     *
     * @return a new builder
     */
    public static SGDBuilder sgd() {
        return new SGDBuilder(BuilderState.of($Descriptor.INSTANCE));
    }

    /**
     * Starts a variation of a configuration: all parameters and tags are set as they are there.
     *
     * @param config the configuration
     * @return a new builder
     * @throws ConfigException if a task makes the configuration
     */
    public static SGDBuilder toBuilder(Config<SGD> config) {
        return new SGDBuilder(BuilderState.from(config));
    }

    @Override
    public Config<SGD> build() {
        return assembly.build();
    }

    /**
     * The descriptor of {@link SGD}, for the system and not for plans.
     */
    public static final class $Descriptor extends TypeDescriptor<SGD> {
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
                    "tutorial.sgd",
                    1,
                    SGD.class);
        }

        @Override
        public SGD construct(Object[] arguments) throws Exception {
            return new SGD();
        }

        @Override
        public Object read(SGD value, int index) {
            throw new IndexOutOfBoundsException(index);
        }
    }
}
