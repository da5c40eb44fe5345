package tutorial;

import javax.annotation.processing.Generated;
import org.experimaestro.Config;
import org.experimaestro.ConfigBuilder;
import org.experimaestro.ConfigException;
import org.experimaestro.internal.Assembly;
import org.experimaestro.internal.type.TypeDescriptor;
import org.experimaestro.internal.type.TypeDescriptors;

/**
 * Builds configurations of the type {@link SGD}.
 */
@Generated("org.experimaestro.processor.ConfigProcessor")
final class SGDBuilder implements ConfigBuilder<SGD> {
    private final Assembly<SGD> assembly;

    private SGDBuilder(Assembly<SGD> assembly) {
        this.assembly = assembly;
    }

    /**
     * Starts a configuration of the type {@link SGD}.
     *
     * @return a new builder
     */
    public static SGDBuilder sgd() {
        return new SGDBuilder(new Assembly<>(Type.INSTANCE));
    }

    /**
     * Starts a variation of a configuration: all parameters and tags are set as they are there.
     *
     * @param config the configuration
     * @return a new builder
     * @throws ConfigException if a task makes the configuration
     */
    public static SGDBuilder toBuilder(Config<SGD> config) {
        return new SGDBuilder(Assembly.from(config));
    }

    @Override
    public Config<SGD> build() {
        return assembly.build();
    }

    /**
     * What is known of {@link SGD}: for the system, not for plans.
     */
    public static final class Type extends TypeDescriptor<SGD> {
        static final Type INSTANCE = new Type();

        static {
            TypeDescriptors.register(INSTANCE);
        }

        private Type() {
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
