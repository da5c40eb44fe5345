package org.experimaestro.core.serial;

import java.util.function.UnaryOperator;
import org.experimaestro.Config;
import org.experimaestro.generated.Parameter;
import org.experimaestro.generated.TypeDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * The descriptor of a type under the names that it had before. With it, the encoder gives the identifiers of that time.
 *
 * @param <T> the configuration's class
 */
final class FormerDescriptor<T> extends TypeDescriptor<T> {
    private final TypeDescriptor<T> today;
    private final UnaryOperator<Config<?>> renaming;

    /**
     * Creates a descriptor.
     *
     * @param today the type of today
     * @param typeId its type id then
     * @param parameters its parameters, with their names then
     * @param renaming gives the default configurations the names of that time
     */
    FormerDescriptor(
            TypeDescriptor<T> today, String typeId, Parameter[] parameters, UnaryOperator<Config<?>> renaming) {
        super(typeId, today.version(), today.javaClass(), parameters);
        this.today = today;
        this.renaming = renaming;
    }

    @Override
    public T construct(@Nullable Object[] arguments) throws Exception {
        return today.construct(arguments);
    }

    @Override
    public @Nullable Object read(T value, int index) {
        return today.read(value, index);
    }

    @Override
    public Config<?> defaultConfig(int index) {
        return renaming.apply(today.defaultConfig(index));
    }

    @Override
    public Config<?> firstDefaultConfig(int index) {
        return renaming.apply(today.firstDefaultConfig(index));
    }
}
