package org.experimaestro;

import java.nio.file.Path;

/**
 * A file or folder that a {@link ProgramTask} reads, or that it has made. It counts by its content; one that a job has
 * made counts as that job. Immutable.
 */
@ConfigType("experimaestro.program-file")
public final class ProgramFile implements Configurable {
    private final Path path;

    /**
     * Creates a file.
     *
     * @param path the file or folder
     */
    @ConfigConstructor
    ProgramFile(@Content Path path) {
        this.path = path;
    }

    /**
     * Returns the path.
     *
     * @return the file or folder; absolute, except in a plan that has not submitted the task that makes it
     */
    public Path path() {
        return path;
    }

    /** Returns the path. */
    @Override
    public String toString() {
        return path.toString();
    }
}
