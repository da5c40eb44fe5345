package org.experimaestro.loader.source;

import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;

/**
 * A class loader for a plan and the user's libraries. They see only {@code org.experimaestro} and {@code
 * org.jspecify} of the application. Therefore the libraries of the engine never replace the user's versions.
 *
 * <p>Thread-safe, and parallel capable.
 */
public final class PlanClassLoader extends URLClassLoader {
    static {
        registerAsParallelCapable();
    }

    private PlanClassLoader(URL[] classPath, ClassLoader application) {
        super("plan", classPath, new ApplicationView(application));
    }

    /**
     * Creates a loader of a class path.
     *
     * @param classPath jars or folders, in order
     * @param application the loader that has our own classes
     * @return a loader, to be closed when the plan's classes are no longer needed
     */
    public static PlanClassLoader of(List<Path> classPath, ClassLoader application) {
        return new PlanClassLoader(classPath.stream().map(PlanClassLoader::url).toArray(URL[]::new), application);
    }

    private static URL url(Path path) {
        try {
            return path.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException("Not a path of a file system that has URLs: " + path, e);
        }
    }
}
