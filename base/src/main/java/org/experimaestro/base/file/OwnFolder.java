package org.experimaestro.base.file;

import java.util.Locale;

/** The folder of Experimaestro's files in the folder of a job, whose other files are the task's. */
public final class OwnFolder {
    /** Its name. */
    public static final String NAME = ".experimaestro";

    private OwnFolder() {}

    /**
     * Returns whether a path in the folder of a job leads there. The case of letters is ignored, as some file systems
     * ignore it.
     *
     * @param path relative to the job's folder, with slashes
     * @return true if a task must not write there
     */
    public static boolean has(String path) {
        int slash = path.indexOf('/');
        return (slash < 0 ? path : path.substring(0, slash))
                .toLowerCase(Locale.ROOT)
                .equals(NAME);
    }
}
