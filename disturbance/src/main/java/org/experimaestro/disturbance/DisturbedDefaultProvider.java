package org.experimaestro.disturbance;

import java.nio.file.spi.FileSystemProvider;

/**
 * The default file system of a whole process, with a disturbance: {@code java
 * -Djava.nio.file.spi.DefaultFileSystemProvider=} with the name of this class. The property {@value #PROPERTY} has the name of
 * the disturbance's class, which has a constructor without parameters.
 *
 * <p>The disturbance must not use {@code Path.of} before it is called, because the default file system is being made.
 */
public final class DisturbedDefaultProvider extends DisturbedProvider {
    /** The property with the class of the disturbance. */
    public static final String PROPERTY = "experimaestro.disturbance";

    /**
     * Creates the default provider.
     *
     * @param inner the provider of the system's files
     * @throws ReflectiveOperationException if the disturbance cannot be created
     */
    public DisturbedDefaultProvider(FileSystemProvider inner) throws ReflectiveOperationException {
        super(
                inner,
                Class.forName(System.getProperty(PROPERTY))
                        .asSubclass(Disturbance.class)
                        .getDeclaredConstructor()
                        .newInstance());
    }
}
