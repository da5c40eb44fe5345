package org.experimaestro.runtime.worker;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/**
 * The contents of the jars whose classes are new for each task. The bytes of a class are read once, so that a task costs no
 * reading of jars. Thread-safe.
 */
final class FreshClasses implements Closeable {
    private static final String SUFFIX = ".class";
    private static final String VERSIONS = "META-INF/versions/";

    /** One of the jars. */
    static final class Jar {
        private final CodeSource source;
        private final @Nullable Manifest manifest;

        private Jar(CodeSource source, @Nullable Manifest manifest) {
            this.source = source;
            this.manifest = manifest;
        }

        CodeSource source() {
            return source;
        }

        @Nullable
        Manifest manifest() {
            return manifest;
        }
    }

    /** A class of a jar, before a loader has defined it. */
    static final class Content {
        private final String entry;
        private final Jar jar;
        private byte @Nullable [] bytes;
        private boolean loadsNative;
        private boolean hasState;
        private boolean addsHooks;

        private Content(String entry, Jar jar) {
            this.entry = entry;
            this.jar = jar;
        }

        Jar jar() {
            return jar;
        }
    }

    private final List<Path> jars;
    private final Map<String, Content> classes = new HashMap<>();
    private final Map<String, Class<?>> shared = new ConcurrentHashMap<>();
    private final URLClassLoader resources;

    private FreshClasses(List<Path> jars, URLClassLoader resources) {
        this.jars = jars;
        this.resources = resources;
    }

    /**
     * Opens jars.
     *
     * @param jars their paths; what does not exist is left out, because Java ignores it
     * @throws IOException if one cannot be read
     */
    static FreshClasses open(List<Path> jars) throws IOException {
        List<Path> there = new ArrayList<>();
        List<URL> addresses = new ArrayList<>();
        for (Path jar : jars) {
            if (Files.exists(jar)) {
                there.add(jar);
                addresses.add(jar.toUri().toURL());
            }
        }
        // It gives resources and the bytes of classes; it defines no class. The platform's loader is no parent of it.
        FreshClasses opened = new FreshClasses(jars, new URLClassLoader(addresses.toArray(new URL[0]), null));
        try {
            for (int i = 0; i < there.size(); i++) {
                opened.add(there.get(i), addresses.get(i));
            }
            return opened;
        } catch (IOException | RuntimeException unreadable) {
            opened.close();
            throw unreadable;
        }
    }

    private void add(Path file, URL address) throws IOException {
        try (JarFile jar = new JarFile(file.toFile())) {
            Jar known = new Jar(new CodeSource(address, (Certificate[]) null), jar.getManifest());
            for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
                String name = entries.nextElement().getName();
                if (name.startsWith(VERSIONS)) { // of a jar with classes for several releases
                    name = name.substring(name.indexOf('/', VERSIONS.length()) + 1);
                }
                if (name.endsWith(SUFFIX)) {
                    String className =
                            name.substring(0, name.length() - SUFFIX.length()).replace('/', '.');
                    classes.putIfAbsent(className, new Content(name, known)); // the first jar of the class path has it
                }
            }
        }
    }

    /** Returns a class of the jars; {@code null} if they have none of that binary name. */
    @Nullable
    Content find(String className) {
        return classes.get(className);
    }

    /**
     * Returns the bytes of a class. They are the same object for all callers, who must not change them.
     *
     * @throws IOException if they cannot be read
     */
    byte[] bytes(Content content) throws IOException {
        synchronized (content) {
            byte[] known = content.bytes;
            if (known == null) {
                try (InputStream in = resources.getResourceAsStream(content.entry)) {
                    if (in == null) {
                        throw new IOException(content.entry + " is not in its jar any longer");
                    }
                    known = in.readAllBytes();
                }
                content.bytes = known;
                content.loadsNative = NativeLibraries.isLoadedBy(known);
                content.hasState = StaticState.isIn(known);
                content.addsHooks = ShutdownHooks.areAddedBy(known);
            }
            return known;
        }
    }

    /** Returns whether a class whose bytes were read has code that loads native libraries. */
    boolean loadsNative(Content content) {
        synchronized (content) {
            return content.loadsNative;
        }
    }

    /** Returns whether a class whose bytes were read has static state. */
    boolean hasState(Content content) {
        synchronized (content) {
            return content.hasState;
        }
    }

    /** Returns whether a class whose bytes were read has code that adds shutdown hooks. */
    boolean addsHooks(Content content) {
        synchronized (content) {
            return content.addsHooks;
        }
    }

    /** Returns a class that all tasks share, as the worker's own loader finds it, which is asked once for each name. */
    Class<?> shared(String className, ClassLoader loader) throws ClassNotFoundException {
        Class<?> known = shared.get(className);
        if (known == null) {
            known = loader.loadClass(className);
            shared.put(className, known);
        }
        return known;
    }

    /** Returns a class path with these jars before the other ones, as code that starts another JVM takes it from a property. */
    String classPath(String others) {
        StringBuilder path = new StringBuilder();
        for (Path jar : jars) {
            path.append(jar).append(File.pathSeparatorChar);
        }
        return path.append(others).toString();
    }

    /** Returns the resources of the jars alone. */
    URLClassLoader resources() {
        return resources;
    }

    @Override
    public void close() throws IOException {
        resources.close();
    }
}
