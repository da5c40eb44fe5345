package org.experimaestro.internal;

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
            return Node.of(config).startsFromPlanFolder();
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
