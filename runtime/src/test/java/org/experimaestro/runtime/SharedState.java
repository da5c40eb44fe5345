package org.experimaestro.runtime;

import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The state of a class that all tasks of a worker share. It is public, because a class of another loader is in another package. */
public final class SharedState {
    private static final List<WeakReference<ClassLoader>> LOADERS = new ArrayList<>();

    private static final List<byte[]> KEPT = new ArrayList<>();

    private SharedState() {}

    /** Keeps memory for ever. */
    public static synchronized void keep(byte[] bytes) {
        KEPT.add(bytes);
    }

    /** Makes the end of the process wait until a file exists. */
    public static void endAfter(Path file) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            while (!Files.exists(file)) {
                Thread.onSpinWait();
            }
        }));
    }

    /** A class that cannot be initialized while a property is set. */
    public static final class Fragile {
        /** The property. */
        public static final String BREAKS = "worker.breaks";

        static {
            if (System.getProperty(BREAKS) != null) {
                throw new IllegalStateException("broken");
            }
        }

        private Fragile() {}

        /** Initializes the class. */
        public static void use() {}
    }

    /** Adds a loader, and returns how many of all that were added are still there after garbage was collected. */
    public static synchronized long loaders(ClassLoader loader) {
        LOADERS.add(new WeakReference<>(loader));
        System.gc();
        return LOADERS.stream().filter(each -> each.get() != null).count();
    }
}
