package org.experimaestro.model.type;

import org.experimaestro.ConfigException;
import org.experimaestro.generated.TypeDescriptor;

/** Describes classes that the annotation processor has not seen. Found by {@link java.util.ServiceLoader}. */
public interface DescriptorSource {

    /**
     * Describes a class.
     *
     * @param javaClass a class annotated with {@code @ConfigType}
     * @return its descriptor
     * @throws ConfigException listing all that is wrong with the class
     */
    TypeDescriptor<?> describe(Class<?> javaClass);
}
