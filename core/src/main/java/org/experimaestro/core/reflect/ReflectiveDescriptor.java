package org.experimaestro.core.reflect;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.experimaestro.Config;
import org.experimaestro.ConfigException;
import org.experimaestro.generated.Parameter;
import org.experimaestro.generated.TypeDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * A descriptor that calls constructor and accessors by reflection. Immutable except for its cached defaults.
 * Thread-safe.
 *
 * @param <T> the configuration's class
 */
public final class ReflectiveDescriptor<T> extends TypeDescriptor<T> {
    private final String[] formerTypeIds;
    private final Constructor<T> constructor;
    private final Method[] accessors;
    private final @Nullable Method[] defaultMethods;
    private final @Nullable Method[] firstDefaultMethods;

    /**
     * Creates a descriptor. All methods and constructors are already accessible.
     *
     * @param formerTypeIds the type ids that the type had before
     * @param accessors one for each parameter
     * @param defaultMethods one for each parameter, {@code null} if no method makes the default
     * @param firstDefaultMethods the same for the first defaults of parameters whose default has changed
     */
    ReflectiveDescriptor(
            String typeId,
            String[] formerTypeIds,
            int version,
            Constructor<T> constructor,
            Parameter[] parameters,
            Method[] accessors,
            @Nullable Method[] defaultMethods,
            @Nullable Method[] firstDefaultMethods) {
        super(typeId, version, constructor.getDeclaringClass(), parameters);
        this.formerTypeIds = formerTypeIds;
        this.constructor = constructor;
        this.accessors = accessors;
        this.defaultMethods = defaultMethods;
        this.firstDefaultMethods = firstDefaultMethods;
    }

    @Override
    public String[] formerTypeIds() {
        return formerTypeIds;
    }

    @Override
    public T construct(@Nullable Object[] arguments) throws Exception {
        try {
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException thrown) {
            if (thrown.getCause() instanceof Exception refused) {
                throw refused;
            }
            throw unchecked(thrown);
        }
    }

    @Override
    public @Nullable Object read(T value, int index) {
        return call(accessors[index], value, "Cannot read parameter ", index);
    }

    @Override
    public Config<?> defaultConfig(int index) {
        Method method = defaultMethods[index];
        return method == null ? super.defaultConfig(index) : made(method, index);
    }

    @Override
    public Config<?> firstDefaultConfig(int index) {
        Method method = firstDefaultMethods[index];
        return method == null ? super.firstDefaultConfig(index) : made(method, index);
    }

    private Config<?> made(Method method, int index) {
        if (call(method, null, "Cannot make the default of parameter ", index) instanceof Config<?> config) {
            return config;
        }
        throw ConfigException.of("Cannot make the default of parameter "
                        + parameter(index).name() + " of " + this + ": " + method.getName() + "() returned null")
                .build();
    }

    private @Nullable Object call(Method method, @Nullable T target, String purpose, int index) {
        try {
            return method.invoke(target);
        } catch (InvocationTargetException thrown) {
            if (thrown.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw unchecked(thrown);
        } catch (IllegalAccessException inaccessible) {
            throw ConfigException.of(
                            purpose + parameter(index).name() + " of " + this + ": " + inaccessible.getMessage())
                    .cause(inaccessible)
                    .build();
        }
    }

    /** Returns the exception of an accessor as an unchecked one; throws an error as it is. */
    private RuntimeException unchecked(InvocationTargetException thrown) {
        if (thrown.getCause() instanceof Error error) {
            throw error;
        }
        return ConfigException.of("Cannot call the code of " + this + ": " + thrown.getCause())
                .cause(thrown)
                .build();
    }
}
