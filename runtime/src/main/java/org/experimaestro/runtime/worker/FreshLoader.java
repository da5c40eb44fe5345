package org.experimaestro.runtime.worker;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.Attributes.Name;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/**
 * The loader of a task. It defines the classes of {@link FreshClasses} anew, so that their static state is that of a new
 * process; all other classes are those of the worker. It can be thrown away with its classes. If none of the classes that a
 * task has used has static state, the next task has the same loader, because defining classes is most of the time of a short
 * task. Thread-safe.
 */
final class FreshLoader extends ClassLoader {
    static {
        registerAsParallelCapable();
    }

    private final FreshClasses fresh;
    private final ClassLoader worker;
    private final Map<FreshClasses.Jar, ProtectionDomain> domains =
            Collections.synchronizedMap(new IdentityHashMap<>());
    private volatile boolean loadsNative;
    private volatile boolean hasState;
    private volatile boolean addsHooks;

    FreshLoader(FreshClasses fresh, ClassLoader worker) {
        super("task", worker);
        this.fresh = fresh;
        this.worker = worker;
    }

    /** Returns whether a class with code that loads native libraries was defined. */
    boolean loadsNative() {
        return loadsNative;
    }

    /** Returns whether a class with static state was defined, so that another task needs another loader. */
    boolean hasState() {
        return hasState;
    }

    /** Returns whether a class with code that adds shutdown hooks was defined. */
    boolean addsHooks() {
        return addsHooks;
    }

    /** Returns whether a class of a binary name is one that this loader defines. */
    boolean isFresh(String className) {
        return fresh.find(className) != null;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        FreshClasses.Content content = fresh.find(name);
        if (content == null) {
            return fresh.shared(name, worker);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            if (loaded == null) {
                loaded = define(name, content);
            }
            if (resolve) {
                resolveClass(loaded);
            }
            return loaded;
        }
    }

    private Class<?> define(String name, FreshClasses.Content content) throws ClassNotFoundException {
        try {
            byte[] bytes = fresh.bytes(content);
            if (fresh.loadsNative(content)) {
                loadsNative = true;
            }
            if (fresh.hasState(content)) {
                hasState = true;
            }
            if (fresh.addsHooks(content)) {
                addsHooks = true;
            }
            definePackage(name, content.jar());
            return defineClass(name, bytes, 0, bytes.length, domain(content.jar()));
        } catch (IOException unreadable) {
            throw new ClassNotFoundException(name, unreadable);
        }
    }

    private ProtectionDomain domain(FreshClasses.Jar jar) {
        ProtectionDomain known = domains.get(jar);
        if (known == null) {
            known = new ProtectionDomain(jar.source(), null, this, null);
            domains.put(jar, known);
        }
        return known;
    }

    /** Defines the package of a class with the values of the jar's manifest, as a class path does (JAR File Specification). */
    private void definePackage(String className, FreshClasses.Jar jar) {
        Manifest manifest = jar.manifest();
        int end = className.lastIndexOf('.');
        if (manifest == null || end < 0) {
            return; // the package is defined with the class
        }
        String name = className.substring(0, end);
        if (getDefinedPackage(name) != null) {
            return;
        }
        Attributes own = manifest.getAttributes(name.replace('.', '/') + "/");
        Attributes main = manifest.getMainAttributes();
        try {
            definePackage(
                    name,
                    value(own, main, Name.SPECIFICATION_TITLE),
                    value(own, main, Name.SPECIFICATION_VERSION),
                    value(own, main, Name.SPECIFICATION_VENDOR),
                    value(own, main, Name.IMPLEMENTATION_TITLE),
                    value(own, main, Name.IMPLEMENTATION_VERSION),
                    value(own, main, Name.IMPLEMENTATION_VENDOR),
                    null);
        } catch (IllegalArgumentException another) {
            // Another thread has defined it meanwhile, with the same values.
        }
    }

    private static @Nullable String value(@Nullable Attributes own, Attributes main, Name name) {
        String value = own == null ? null : own.getValue(name);
        return value == null ? main.getValue(name) : value;
    }

    @Override
    public @Nullable URL getResource(String name) {
        URL own = findResource(name);
        return own == null ? worker.getResource(name) : own;
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        List<URL> all = new ArrayList<>(Collections.list(findResources(name)));
        all.addAll(Collections.list(worker.getResources(name)));
        return Collections.enumeration(all);
    }

    @Override
    public @Nullable InputStream getResourceAsStream(String name) {
        InputStream own = fresh.resources().getResourceAsStream(name);
        return own == null ? worker.getResourceAsStream(name) : own;
    }

    @Override
    protected @Nullable URL findResource(String name) {
        return fresh.resources().findResource(name);
    }

    @Override
    protected Enumeration<URL> findResources(String name) throws IOException {
        return fresh.resources().findResources(name);
    }
}
