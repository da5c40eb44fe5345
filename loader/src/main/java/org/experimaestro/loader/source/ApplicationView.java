package org.experimaestro.loader.source;

import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A class loader that shows a plan two parts of its process: the JDK, and Experimaestro's packages. */
final class ApplicationView extends ClassLoader {
    static {
        registerAsParallelCapable();
    }

    private final ClassLoader application;
    /**
     * The packages of the JDK that the application's loader has, and not the platform's: the compiler's, the
     * debugger's.
     */
    private final Set<String> toolPackages;

    ApplicationView(ClassLoader application) {
        super("application-view", ClassLoader.getPlatformClassLoader());
        this.application = application;
        this.toolPackages = ModuleLayer.boot().modules().stream()
                .filter(module -> ClassLoader.getSystemClassLoader().equals(module.getClassLoader()))
                .flatMap(module -> module.getPackages().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Finds a class that the platform's loader has not found. */
    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        if (isOurs(name, '.')) {
            return application.loadClass(name);
        }
        if (toolPackages.contains(name.substring(0, Math.max(0, name.lastIndexOf('.'))))) {
            return ClassLoader.getSystemClassLoader().loadClass(name);
        }
        throw new ClassNotFoundException(name);
    }

    @Override
    protected @Nullable URL findResource(String name) {
        return isOurs(name, '/') ? application.getResource(name) : null;
    }

    @Override
    protected Enumeration<URL> findResources(String name) throws IOException {
        return isOurs(name, '/') ? application.getResources(name) : Collections.emptyEnumeration();
    }

    private static boolean isOurs(String name, char separator) {
        return name.startsWith("org" + separator + "experimaestro" + separator)
                || name.startsWith("org" + separator + "jspecify" + separator);
    }
}
