package org.experimaestro.model.type;

import java.util.ServiceLoader;
import org.experimaestro.ConfigException;
import org.experimaestro.ConfigType;
import org.experimaestro.generated.TypeDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * A registry of descriptors: it finds the generated descriptor of a class, or makes it by reflection. Thread-safe.
 */
public final class TypeDescriptors {
    /** The suffix that the annotation processor adds to the flat name of a configuration class. */
    public static final String BUILDER_SUFFIX = "Builder";
    /**
     * The simple name of the descriptor, a class nested in the generated builder. There it hides any other class of
     * that name, so the name is one that people do not use.
     */
    public static final String DESCRIPTOR_NAME = "$Descriptor";

    private TypeDescriptors() {}

    /**
     * Returns the descriptor of a configuration class.
     *
     * @param javaClass a class annotated with {@link ConfigType}
     * @param <T> the class
     * @return its descriptor, always the same
     * @throws ConfigException if the class is not a configuration type, or not a correct one
     */
    @SuppressWarnings("unchecked")
    public static <T> TypeDescriptor<T> of(Class<T> javaClass) {
        TypeDescriptor<?> known = TypeDescriptor.registered(javaClass);
        if (known == null) {
            known = generated(javaClass);
        }
        if (known == null) {
            known = TypeDescriptor.registerIfAbsent(reflective(javaClass));
        }
        return (TypeDescriptor<T>) known;
    }

    private static @Nullable TypeDescriptor<?> generated(Class<?> javaClass) {
        try {
            Class.forName(builderName(javaClass.getName()) + "$" + DESCRIPTOR_NAME, true, javaClass.getClassLoader());
        } catch (ClassNotFoundException notProcessed) {
            return null; // the build does not run the processor, so reflection replaces it
        }
        return TypeDescriptor.registered(javaClass);
    }

    /**
     * Returns the name of the builder that the processor writes for a class.
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
            throw ConfigException.of(javaClass.getName() + " is not a configuration type")
                    .advice("annotate it with @ConfigType")
                    .build();
        }
        for (DescriptorSource source :
                ServiceLoader.load(DescriptorSource.class, TypeDescriptors.class.getClassLoader())) {
            return source.describe(javaClass);
        }
        throw ConfigException.of(javaClass.getName() + " has no generated descriptor, and nothing stands in for it")
                .advice(
                        "compile it with the annotation processor experimaestro-processor (since JDK 23 it must be named in "
                                + "annotationProcessorPaths), or put experimaestro-core on the class path")
                .build();
    }
}
