package org.experimaestro.internal;

import java.nio.file.Path;

/** The folder that a plan's relative paths start from. */
public final class PlanFolder {
    /** The system property that names the folder; without it, the working folder. */
    public static final String PROPERTY = "experimaestro.plan.folder";

    private PlanFolder() {}

    /**
     * Makes a path of a plan absolute.
     *
     * @param path any path
     * @return the absolute, normalized path
     */
    public static Path resolve(Path path) {
        if (path.isAbsolute()) {
            return path.normalize();
        }
        String folder = System.getProperty(PROPERTY);
        return (folder == null ? path : Path.of(folder).resolve(path))
                .toAbsolutePath()
                .normalize();
    }
}
