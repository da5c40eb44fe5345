package org.experimaestro.runtime.worker;

import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/**
 * The system class loader of a worker: beside the classes that all tasks share, it finds those of the present task. So code
 * that asks the system class loader finds what it finds in a process, and so do the threads of the common pool, for which it
 * is the context class loader. Thread-safe.
 */
public final class WorkerLoader extends ClassLoader {
    static {
        registerAsParallelCapable();
    }

    private static volatile @Nullable FreshLoader present;
    private static volatile boolean hasGiven;

    /**
     * Creates the loader. The JVM calls it at its start.
     *
     * @param parent the loader of the class path
     */
    public WorkerLoader(ClassLoader parent) {
        super("worker", parent);
    }

    /** Sets the loader of the present task. */
    static void begin(FreshLoader ofTask) {
        present = ofTask;
    }

    /**
     * Returns whether it has given a class of a task. The JVM then gives that class to all who ask for its name (JVM
     * Specification 5.3), so that another task needs another worker.
     */
    static boolean hasGiven() {
        return hasGiven;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        FreshLoader ofTask = present;
        if (ofTask == null || !ofTask.isFresh(name)) {
            throw new ClassNotFoundException(name);
        }
        hasGiven = true;
        return ofTask.loadClass(name);
    }

    @Override
    protected @Nullable URL findResource(String name) {
        FreshLoader ofTask = present;
        return ofTask == null ? null : ofTask.findResource(name);
    }

    @Override
    protected Enumeration<URL> findResources(String name) throws IOException {
        FreshLoader ofTask = present;
        return ofTask == null ? Collections.emptyEnumeration() : ofTask.findResources(name);
    }
}
