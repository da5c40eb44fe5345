package models;

import java.lang.Class;
import java.lang.Comparable;
import java.lang.Exception;
import java.lang.IndexOutOfBoundsException;
import java.lang.Object;
import java.lang.Override;
import java.lang.SafeVarargs;
import java.lang.String;
import java.lang.SuppressWarnings;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.annotation.processing.Generated;
import org.experimaestro.Config;
import org.experimaestro.ConfigBuilder;
import org.experimaestro.ConfigException;
import org.experimaestro.generated.BuilderState;
import org.experimaestro.generated.Parameter;
import org.experimaestro.generated.TypeDescriptor;
import org.experimaestro.generated.ValueType;

/**
 * Builds configurations of the type {@link Pair}.
 *
 * @param <A> as in {@link Pair}
 * @param <B> as in {@link Pair}
 */
@Generated("org.experimaestro.processor.ConfigProcessor")
@SuppressWarnings({"deprecation", "removal"})
public final class PairBuilder<A extends Model, B extends Model & Comparable<B>> implements ConfigBuilder<Pair<A, B>> {
    /**
     * The parameters that are set.
     */
    private final BuilderState<Pair<A, B>> assembly;

    /**
     * For the static methods.
     *
     * @param assembly the parameters that are set
     */
    private PairBuilder(BuilderState<Pair<A, B>> assembly) {
        this.assembly = assembly;
    }

    /**
     * Starts a configuration of the type {@link Pair}.
     *
     * <p>Two models.
     *
     * @param a the class that stands for {@code A}
     * @param b the class that stands for {@code B}
     * @param <A> as in {@link Pair}
     * @param <B> as in {@link Pair}
     * @return a new builder
     */
    @SuppressWarnings("unchecked")
    public static <A extends Model, B extends Model & Comparable<B>> PairBuilder<A, B> pair(
            Class<A> a, Class<B> b) {
        // one descriptor stands for all type arguments
        return new PairBuilder<>(BuilderState.of((TypeDescriptor<Pair<A, B>>) (TypeDescriptor<?>) $Descriptor.INSTANCE));
    }

    /**
     * Starts a variation of a configuration: all parameters and tags are set as they are there.
     *
     * @param config the configuration
     * @param <A> as in {@link Pair}
     * @param <B> as in {@link Pair}
     * @return a new builder
     * @throws ConfigException if a task makes the configuration
     */
    public static <A extends Model, B extends Model & Comparable<B>> PairBuilder<A, B> toBuilder(
            Config<Pair<A, B>> config) {
        return new PairBuilder<>(BuilderState.from(config));
    }

    /**
     * Sets {@code left}.
     *
     * <p>Required.
     *
     * @param left the value
     * @return this builder
     */
    public PairBuilder<A, B> left(Config<? extends A> left) {
        assembly.set(0, left);
        return this;
    }

    /**
     * Sets {@code right}.
     *
     * <p>Required.
     *
     * @param right the value
     * @return this builder
     */
    public PairBuilder<A, B> right(List<? extends Config<? extends B>> right) {
        assembly.set(1, right);
        return this;
    }

    /**
     * Sets {@code right}.
     *
     * <p>Required.
     *
     * @param right the configurations, in this order
     * @return this builder
     */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public final PairBuilder<A, B> right(Config<? extends B>... right) {
        assembly.set(1, Arrays.asList(right));
        return this;
    }

    /**
     * Sets {@code other}.
     *
     * <p>Absent unless set.
     *
     * @param other the value
     * @return this builder
     */
    public PairBuilder<A, B> other(Config<? extends A> other) {
        assembly.set(2, other);
        return this;
    }

    /**
     * Sets {@code other}.
     *
     * <p>Absent unless set.
     *
     * @param other the value; empty leaves it absent
     * @return this builder
     */
    public PairBuilder<A, B> other(Optional<? extends Config<? extends A>> other) {
        assembly.set(2, other);
        return this;
    }

    /**
     * Sets {@code named}.
     *
     * <p>Required.
     *
     * @param named the value
     * @return this builder
     */
    public PairBuilder<A, B> named(
            Map<String, ? extends List<? extends Config<? extends B>>> named) {
        assembly.set(3, named);
        return this;
    }

    @Override
    public Config<Pair<A, B>> build() {
        return assembly.build();
    }

    /**
     * The descriptor of {@link Pair}, for the system and not for plans.
     */
    public static final class $Descriptor extends TypeDescriptor<Pair<?, ?>> {
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
                    "pair",
                    1,
                    Pair.class,
                    Parameter.of("left", ValueType.config(Model.class)),
                    Parameter.of("right", ValueType.list(ValueType.config(Model.class))),
                    Parameter.of("other", ValueType.optional(ValueType.config(Model.class))),
                    Parameter.of("named", ValueType.map(ValueType.STRING, ValueType.list(ValueType.config(Model.class)))));
        }

        @Override
        @SuppressWarnings({
                "rawtypes",
                "unchecked"
        })
        public Pair<?, ?> construct(Object[] arguments) throws Exception {
            return new Pair(
                    (Model) arguments[0],
                    (List) arguments[1],
                    (Optional) arguments[2],
                    (Map) arguments[3]);
        }

        @Override
        public Object read(Pair<?, ?> value, int index) {
            return switch (index) {
                case 0 -> value.left();
                case 1 -> value.right();
                case 2 -> value.other();
                case 3 -> value.named();
                default -> throw new IndexOutOfBoundsException(index);
            };
        }
    }
}
