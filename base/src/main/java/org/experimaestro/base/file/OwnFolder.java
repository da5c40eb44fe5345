package org.experimaestro.base.file;

import java.util.Locale;

/** The folder of our own files in the folder of a job, whose other files are the task's. */
public final class OwnFolder {
    /** Its name. */
    public static final String NAME = ".experimaestro";

    private OwnFolder() {}

    /**
     * Whether a path in the folder of a job leads there. Some file systems do not tell case apart.
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
