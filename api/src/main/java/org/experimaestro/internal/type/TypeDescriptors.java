package org.experimaestro.internal.type;

import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentHashMap;
import org.experimaestro.ConfigException;
import org.experimaestro.ConfigType;
import org.jspecify.annotations.Nullable;

/** Finds the descriptor of a class: the generated one, or one made by reflection. Thread-safe. */
public final class TypeDescriptors {
    /** What the annotation processor adds to the flat name of a configuration class. */
    public static final String BUILDER_SUFFIX = "Builder";
    /**
     * The simple name of the descriptor, a class nested in the generated builder, where it hides any other class of that
     * name: no class that people write is called so.
     */
    public static final String DESCRIPTOR_NAME = "$Descriptor";

    /*
     * A generated descriptor registers itself in its class initializer, so that finding it takes Class.forName and no
     * reflection: a job starts some milliseconds earlier.
     */
    private static final Map<Class<?>, TypeDescriptor<?>> KNOWN = new ConcurrentHashMap<>();

    private TypeDescriptors() {}

    /**
     * Called by the class initializer of a generated descriptor.
     *
     * @param descriptor the one instance
     * @throws ConfigException if the class has another descriptor: configurations of both would seem to be of two types
     */
    public static void register(TypeDescriptor<?> descriptor) {
        TypeDescriptor<?> other = KNOWN.putIfAbsent(descriptor.javaClass(), descriptor);
        if (other != null && !other.equals(descriptor)) {
            throw new ConfigException(
                    "Cannot use the builder of " + descriptor.javaClass().getName()
                            + ": the class is described already, because another version has generated the builder",
                    null,
                    "compile the class anew with the annotation processor of this version",
                    null);
        }
    }

    /**
     * The descriptor of a configuration class.
     *
     * @param javaClass a class annotated with {@link ConfigType}
     * @param <T> the class
     * @return its descriptor, always the same
     * @throws ConfigException if the class is not a configuration type, or not a correct one
     */
    @SuppressWarnings("unchecked")
    public static <T> TypeDescriptor<T> of(Class<T> javaClass) {
        TypeDescriptor<?> known = KNOWN.get(javaClass);
        if (known == null) {
            known = generated(javaClass);
        }
        if (known == null) {
            KNOWN.putIfAbsent(javaClass, reflective(javaClass));
            known = KNOWN.get(javaClass);
        }
        return (TypeDescriptor<T>) java.util.Objects.requireNonNull(known);
    }

    private static @Nullable TypeDescriptor<?> generated(Class<?> javaClass) {
        try {
            Class.forName(builderName(javaClass.getName()) + "$" + DESCRIPTOR_NAME, true, javaClass.getClassLoader());
        } catch (ClassNotFoundException notProcessed) {
            return null; // the build does not run the processor: reflection stands in
        }
        return KNOWN.get(javaClass);
    }

    /**
     * The name of the builder that the processor writes for a class.
     *
     * @param className the binary name: {@code p.Outer$Adam}
     * @return {@code p.Outer_AdamBuilder}
     */
    public static String builderName(String className) {
        int packageEnd = className.lastIndexOf('.') + 1;
        return className.substring(0, packageEnd)
                + className.substring(packageEnd).replace('$', '_')
                + BUILDER_SUFFIX;
    }

    private static TypeDescriptor<?> reflective(Class<?> javaClass) {
        if (!javaClass.isAnnotationPresent(ConfigType.class)) {
            throw new ConfigException(
                    javaClass.getName() + " is not a configuration type", null, "annotate it with @ConfigType", null);
        }
        for (DescriptorSource source :
                ServiceLoader.load(DescriptorSource.class, TypeDescriptors.class.getClassLoader())) {
            return source.describe(javaClass);
        }
        throw new ConfigException(
                javaClass.getName() + " has no generated descriptor, and nothing stands in for it",
                null,
                "compile it with the annotation processor experimaestro-processor (since JDK 23 it must be named in "
                        + "annotationProcessorPaths), or put experimaestro-core on the class path",
                null);
    }
}
