package org.experimaestro;

import java.nio.file.Path;

/** An image that is a file, known by its content: {@link ContainerImage#file} makes it. Immutable. */
@ConfigType("experimaestro.image-file")
public final class ImageFile implements ContainerImage {
    private final Path file;

    /**
     * Creates an image.
     *
     * @param file the file
     */
    @ConfigConstructor
    ImageFile(@Content Path file) {
        this.file = file;
    }

    /**
     * Returns the file.
     *
     * @return its path
     */
    public Path file() {
        return file;
    }

    /** Returns the path of the file. */
    @Override
    public String toString() {
        return file.toString();
    }
}
