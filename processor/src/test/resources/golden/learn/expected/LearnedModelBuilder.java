package tutorial;

import java.lang.Exception;
import java.lang.IndexOutOfBoundsException;
import java.lang.Object;
import java.lang.Override;
import java.lang.SuppressWarnings;
import java.nio.file.Path;
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
 * Builds configurations of the type {@link LearnedModel}.
 */
@Generated("org.experimaestro.processor.ConfigProcessor")
@SuppressWarnings({"deprecation", "removal"})
final class LearnedModelBuilder implements ConfigBuilder<LearnedModel> {
    /**
     * The parameters that are set.
     */
    private final BuilderState<LearnedModel> assembly;

    /**
     * For the static methods.
     *
     * @param assembly the parameters that are set
     */
    private LearnedModelBuilder(BuilderState<LearnedModel> assembly) {
        this.assembly = assembly;
    }

    /**
     * Starts a configuration of the type {@link LearnedModel}.
     *
     * @return a new builder
     */
    public static LearnedModelBuilder learnedModel() {
        return new LearnedModelBuilder(BuilderState.of($Descriptor.INSTANCE));
    }

    /**
     * Starts a variation of a configuration: all parameters and tags are set as they are there.
     *
     * @param config the configuration
     * @return a new builder
     * @throws ConfigException if a task makes the configuration
     */
    public static LearnedModelBuilder toBuilder(Config<LearnedModel> config) {
        return new LearnedModelBuilder(BuilderState.from(config));
    }

    /**
     * Sets {@code path}.
     *
     * <p>Required.
     *
     * @param path the value
     * @return this builder
     */
    public LearnedModelBuilder path(Path path) {
        assembly.set(0, path);
        return this;
    }

    /**
     * Sets {@code path}.
     *
     * <p>Required.
     *
     * @param path the value, which is a tag of the configuration too
     * @return this builder
     */
    public LearnedModelBuilder path(Tagged<Path> path) {
        assembly.set(0, path);
        return this;
    }

    @Override
    public Config<LearnedModel> build() {
        return assembly.build();
    }

    /**
     * The descriptor of {@link LearnedModel}, for the system and not for plans.
     */
    public static final class $Descriptor extends TypeDescriptor<LearnedModel> {
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
                    "tutorial.learned",
                    1,
                    LearnedModel.class,
                    Parameter.of("path", ValueType.PATH));
        }

        @Override
        public LearnedModel construct(Object[] arguments) throws Exception {
            return new LearnedModel(
                    (Path) arguments[0]);
        }

        @Override
        public Object read(LearnedModel value, int index) {
            return switch (index) {
                case 0 -> value.path();
                default -> throw new IndexOutOfBoundsException(index);
            };
        }
    }
}
