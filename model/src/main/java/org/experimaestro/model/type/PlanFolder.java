package org.experimaestro.model.type;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.Config;
import org.jspecify.annotations.Nullable;

/** The folder that a plan's relative paths start from. */
public final class PlanFolder {
    /** The name of the system property with the folder; without it, the working folder is used. */
    public static final String PROPERTY = "experimaestro.plan.folder";

    private PlanFolder() {}

    /** A mark on a failure, attached as a suppressed exception. */
    private static final class StartsHere extends RuntimeException {
        private static final long serialVersionUID = 1;

        StartsHere() {
            super("a path of it is relative to the plan's folder", null, false, false);
        }
    }

    /**
     * Marks the failure of a configuration that was built with a relative path. Where no plan runs, as in a job, such
     * a path may lead to no files.
     *
     * @param failure the failure to build the configuration
     * @param <E> its class
     * @return the same failure
     */
    public static <E extends RuntimeException> E mark(E failure) {
        failure.addSuppressed(new StartsHere());
        return failure;
    }

    /**
     * Returns whether a relative path may be the reason why a configuration could not be built.
     *
     * @param failure the failure of a method that builds it
     * @return true if the failure, or a cause of it, was marked
     */
    public static boolean isMarked(RuntimeException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            for (Throwable suppressed : cause.getSuppressed()) {
                if (suppressed instanceof StartsHere) {
                    return true;
                }
            }
        }
        return false;
    }

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
        return current().resolve(path).normalize();
    }

    /**
     * Returns the folder of the plan that runs now.
     *
     * @return an absolute path
     */
    public static Path current() {
        String folder = System.getProperty(PROPERTY);
        return Path.of(folder == null ? "" : folder).toAbsolutePath();
    }

    /**
     * Returns whether a value would differ in another plan's folder. Such a value is or holds a relative path, or a
     * configuration that was built with a relative path.
     *
     * @param value a builder's value
     * @return false for a bound value without such a configuration, because its paths are absolute
     */
    public static boolean isStartOf(@Nullable Object value) {
        if (value instanceof String || value instanceof Number || value instanceof Boolean) {
            return false; // most values; the tests for interfaces below take longer
        }
        if (value instanceof Path path) {
            return !path.isAbsolute();
        }
        if (value instanceof Config<?> config) {
            return Handle.of(config).startsFromPlanFolder();
        }
        if (value instanceof Optional<?> optional) {
            return isStartOf(optional.orElse(null));
        }
        if (value instanceof Collection<?> elements) {
            for (Object element : elements) {
                if (isStartOf(element)) {
                    return true;
                }
            }
        }
        return value instanceof Map<?, ?> map && isStartOf(map.values());
    }
}
