package org.experimaestro.model.type;

import org.experimaestro.GeneratedPath;
import org.experimaestro.base.file.OwnFolder;

/** The rules for the paths in a job's folder that the system sets. */
public final class GeneratedPathRules {
    private GeneratedPathRules() {}

    /**
     * Returns the path that an annotation gives a parameter.
     *
     * @param annotation the annotation
     * @param parameter the parameter's name
     * @return a path relative to the job's folder; empty for the folder itself
     */
    public static String relative(GeneratedPath annotation, String parameter) {
        return annotation.value().equals(GeneratedPath.PARAMETER_NAME) ? parameter : annotation.value();
    }

    /**
     * Returns the fault of a path.
     *
     * @param path a result of {@link #relative}
     * @return a predicate, {@code has the path …; write …}; empty if the path is correct
     */
    public static String problem(String path) {
        if (path.isEmpty()) {
            return "";
        }
        if (path.startsWith("/") || path.startsWith("\\") || hasDrive(path)) {
            return "has the absolute path \"" + path + "\"; write one relative to the job's folder, such as model.bin";
        }
        for (String part : path.split("/", -1)) {
            if (part.isEmpty() || part.equals(".") || part.equals("..") || part.indexOf('\0') >= 0) {
                return "has the path \"" + path + "\"; write names with slashes between them, without . and ..";
            }
        }
        return OwnFolder.has(path)
                ? "has the path \"" + path + "\", where the system keeps its own files; write another"
                : "";
    }

    private static boolean hasDrive(String path) {
        if (path.length() < 2 || path.charAt(1) != ':') {
            return false;
        }
        char drive = Character.toUpperCase(path.charAt(0));
        return drive >= 'A' && drive <= 'Z';
    }
}
