package org.experimaestro.model.type;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.Config;
import org.jspecify.annotations.Nullable;

/** The folder that a plan's relative paths start from. */
public final class PlanFolder {
    /** The system property that names the folder; without it, the working folder. */
    public static final String PROPERTY = "experimaestro.plan.folder";

    private PlanFolder() {}

    /** A mark on a failure, as one that is suppressed by it. */
    private static final class StartsHere extends RuntimeException {
        private static final long serialVersionUID = 1;

        StartsHere() {
            super("a path of it is relative to the plan's folder", null, false, false);
        }
    }

    /**
     * Marks the failure of a configuration that was built with a relative path: where no plan runs, as in a job, its files need
     * not be where the path leads.
     *
     * @param failure why the configuration cannot be built
     * @param <E> its class
     * @return the same
     */
    public static <E extends RuntimeException> E mark(E failure) {
        failure.addSuppressed(new StartsHere());
        return failure;
    }

    /**
     * Whether a configuration could not be built, and a relative path of it may be why.
     *
     * @param failure why a method that builds it has failed
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
     * The folder of the plan that runs now.
     *
     * @return an absolute path
     */
    public static Path current() {
        String folder = System.getProperty(PROPERTY);
        return Path.of(folder == null ? "" : folder).toAbsolutePath();
    }

    /**
     * Whether a value is another one in another plan's folder: it is or holds a relative path, or a configuration that was
     * built with one.
     *
     * @param value what a builder takes
     * @return false for a bound value that holds no such configuration: its paths are absolute
     */
    public static boolean isStartOf(@Nullable Object value) {
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
