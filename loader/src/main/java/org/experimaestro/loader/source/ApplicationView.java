package org.experimaestro.loader.source;

import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a plan sees of the process that runs it: the JDK, and our own packages. */
final class ApplicationView extends ClassLoader {
    static {
        registerAsParallelCapable();
    }

    private final ClassLoader application;
    /** Packages of the JDK that the application's loader has, not the platform's: the compiler's, the debugger's. */
    private final Set<String> toolPackages;

    ApplicationView(ClassLoader application) {
        super("application-view", ClassLoader.getPlatformClassLoader());
        this.application = application;
        this.toolPackages = ModuleLayer.boot().modules().stream()
                .filter(module -> ClassLoader.getSystemClassLoader().equals(module.getClassLoader()))
                .flatMap(module -> module.getPackages().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Called after the platform's loader has not found the class. */
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
