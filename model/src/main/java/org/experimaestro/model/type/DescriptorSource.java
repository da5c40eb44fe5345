package org.experimaestro.model.type;

import org.experimaestro.ConfigException;
import org.experimaestro.generated.TypeDescriptor;

/** A source of descriptors for classes without a generated descriptor. Found by {@link java.util.ServiceLoader}. */
public interface DescriptorSource {

    /**
     * Describes a class.
     *
     * @param javaClass a class annotated with {@code @ConfigType}
     * @return its descriptor
     * @throws ConfigException if the class has errors; the message lists all of them
     */
    TypeDescriptor<?> describe(Class<?> javaClass);
}
