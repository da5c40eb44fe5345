package org.experimaestro.generated;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.experimaestro.Config;
import org.experimaestro.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * The descriptor of a configuration type: it lists the parameters, makes values, and reads parameters of values. The
 * annotation processor writes a descriptor for each type; without the processor, reflection replaces it.
 *
 * <p>Immutable.
 *
 * @param <T> the configuration's class
 */
public abstract class TypeDescriptor<T> {
    /*
     * A generated descriptor registers itself in its class initializer, so that finding it takes Class.forName and no
     * reflection: a job starts some milliseconds earlier.
     */
    private static final Map<Class<?>, TypeDescriptor<?>> REGISTERED = new ConcurrentHashMap<>();

    /**
     * The descriptors of classes that another loader than ours has defined. A loader can be thrown away with its classes, and
     * the descriptor of a class is kept by the class alone. In a job's process all classes have one loader, and this is not
     * loaded.
     */
    private static final class OfOtherLoaders {
        static final ClassValue<AtomicReference<@Nullable TypeDescriptor<?>>> REGISTERED = new ClassValue<>() {
            @Override
            protected AtomicReference<@Nullable TypeDescriptor<?>> computeValue(Class<?> javaClass) {
                return new AtomicReference<>();
            }
        };

        private OfOtherLoaders() {}
    }

    private static final String[] NO_NAMES = {};

    private final String typeId;
    private final int version;
    private final Class<T> javaClass;
    private final Parameter[] parameters;
    private final int[] countedByName;

    /**
     * Creates a descriptor.
     *
     * @param typeId the type id
     * @param version the version, at least 1
     * @param javaClass the record or class
     * @param parameters in the order of the constructor
     */
    protected TypeDescriptor(String typeId, int version, Class<?> javaClass, Parameter... parameters) {
        this.typeId = typeId;
        this.version = version;
        @SuppressWarnings("unchecked") // a generic type has no class literal of its own
        Class<T> exact = (Class<T>) javaClass;
        this.javaClass = exact;
        this.parameters = parameters;
        this.countedByName = countedByName(parameters);
    }

    /**
     * Registers the descriptor of a class. A generated descriptor calls it in its class initializer.
     *
     * @param descriptor the instance to register
     * @throws ConfigException if the class has another descriptor, because configurations of both would seem to be of
     *     two types
     */
    public static void register(TypeDescriptor<?> descriptor) {
        if (!registerIfAbsent(descriptor).equals(descriptor)) {
            throw ConfigException.of("Cannot use the builder of " + descriptor.javaClass.getName()
                            + ": the class is described already, because another version has generated the builder")
                    .advice("compile the class anew with the annotation processor of this version")
                    .build();
        }
    }

    /**
     * Registers the descriptor of a class, unless the class has a descriptor already.
     *
     * @param descriptor a descriptor
     * @return the registered descriptor of the class
     */
    public static TypeDescriptor<?> registerIfAbsent(TypeDescriptor<?> descriptor) {
        if (isOfOurLoader(descriptor.javaClass)) {
            TypeDescriptor<?> other = REGISTERED.putIfAbsent(descriptor.javaClass, descriptor);
            return other == null ? descriptor : other;
        }
        TypeDescriptor<?> other =
                OfOtherLoaders.REGISTERED.get(descriptor.javaClass).compareAndExchange(null, descriptor);
        return other == null ? descriptor : other;
    }

    /**
     * Returns the registered descriptor of a class.
     *
     * @param javaClass any class
     * @return the descriptor, or {@code null} if none is registered
     */
    public static @Nullable TypeDescriptor<?> registered(Class<?> javaClass) {
        return isOfOurLoader(javaClass)
                ? REGISTERED.get(javaClass)
                : OfOtherLoaders.REGISTERED.get(javaClass).get();
    }

    private static boolean isOfOurLoader(Class<?> javaClass) {
        return Objects.equals(javaClass.getClassLoader(), TypeDescriptor.class.getClassLoader());
    }

    /**
     * Creates a value.
     *
     * @param arguments an argument for each parameter, as the constructor takes it (boxed)
     * @return the new value
     * @throws Exception if the constructor throws it
     */
    public abstract T construct(@Nullable Object[] arguments) throws Exception;

    /**
     * Reads a parameter of a value.
     *
     * @param value the value
     * @param index of the parameter
     * @return the result of its accessor (boxed)
     */
    public abstract @Nullable Object read(T value, int index);

    /**
     * Calls the static method that makes a default.
     *
     * @param index of the parameter
     * @return the default
     */
    public Config<?> defaultConfig(int index) {
        throw new IllegalStateException(typeId + " makes no default for " + parameters[index].name());
    }

    /**
     * Calls the static method that makes a first default.
     *
     * @param index of the parameter
     * @return the first default
     */
    public Config<?> firstDefaultConfig(int index) {
        throw new IllegalStateException(typeId + " makes no first default for " + parameters[index].name());
    }

    /**
     * Returns the type id.
     *
     * @return characters {@code A-Za-z0-9_.-}
     */
    public final String typeId() {
        return typeId;
    }

    /**
     * Returns the type ids that the type had before.
     *
     * @return empty by default; must not be changed
     */
    public String[] formerTypeIds() {
        return NO_NAMES;
    }

    /**
     * Returns whether the type, or one of its parameters, had another name before.
     *
     * @return false by default
     */
    public final boolean hasFormerNames() {
        boolean found = formerTypeIds().length > 0;
        for (Parameter parameter : parameters) {
            found |= parameter.formerNames().length > 0;
        }
        return found;
    }

    /**
     * Returns the version that counts in the identifier.
     *
     * @return at least 1
     */
    public final int version() {
        return version;
    }

    /**
     * Returns the configuration's class.
     *
     * @return a record, or a class with a marked constructor
     */
    public final Class<T> javaClass() {
        return javaClass;
    }

    /**
     * Returns the number of parameters.
     *
     * @return zero or more
     */
    public final int size() {
        return parameters.length;
    }

    /**
     * Returns a parameter.
     *
     * @param index from 0, in the order of the constructor
     * @return the parameter
     */
    public final Parameter parameter(int index) {
        return parameters[index];
    }

    /**
     * Finds a parameter by name.
     *
     * @param name the name
     * @return its index, or -1 if there is none
     */
    public final int indexOf(String name) {
        for (int i = 0; i < parameters.length; i++) {
            if (parameters[i].name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    /**
     * Finds a parameter by its name or a former one.
     *
     * @param name the name
     * @return its index, or -1 if there is none
     */
    public final int indexOfStored(String name) {
        int found = indexOf(name);
        for (int i = 0; i < parameters.length && found < 0; i++) {
            for (String former : parameters[i].formerNames()) {
                if (former.equals(name)) {
                    found = i;
                }
            }
        }
        return found;
    }

    /**
     * Returns the parameters that can enter the identifier, sorted by name.
     *
     * @return their indices; must not be changed
     */
    public final int[] countedByName() {
        return countedByName;
    }

    @Override
    public final String toString() {
        return typeId;
    }

    private static int[] countedByName(Parameter[] parameters) {
        int[] indices = new int[parameters.length];
        int count = 0;
        for (int i = 0; i < parameters.length; i++) {
            if (parameters[i].isCounted()) {
                int at = count++;
                while (at > 0 && parameters[indices[at - 1]].name().compareTo(parameters[i].name()) > 0) {
                    indices[at] = indices[at - 1];
                    at--;
                }
                indices[at] = i;
            }
        }
        return java.util.Arrays.copyOf(indices, count);
    }
}
