package org.experimaestro.runtime;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;

/** The state of a class that all tasks of a worker share. It is public, because a class of another loader is in another package. */
public final class SharedState {
    private static final List<WeakReference<ClassLoader>> LOADERS = new ArrayList<>();

    private SharedState() {}

    /** Adds a loader, and returns how many of all that were added are still there after garbage was collected. */
    public static synchronized long loaders(ClassLoader loader) {
        LOADERS.add(new WeakReference<>(loader));
        System.gc();
        return LOADERS.stream().filter(each -> each.get() != null).count();
    }
}
