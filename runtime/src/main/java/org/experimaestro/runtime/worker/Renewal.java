package org.experimaestro.runtime.worker;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import org.jspecify.annotations.Nullable;

/** The rules by which a worker ends after a task, although the task has left nothing: its age and its memory. Confined to one thread. */
final class Renewal {
    /**
     * The tasks after which a worker is renewed: what each has left in a shared library then goes. They are many, because a
     * JVM has compiled what a task of nothing runs only after a thousand of them.
     */
    static final int MOST_TASKS = 10_000;

    /** The tasks between two looks at the metadata of classes, because the classes for that take a while to load. */
    private static final int LOOK_TASKS = 256;

    /** The growth of the metadata, in bytes, beyond which the classes of ended tasks seem not to go. */
    private static final long MOST_METADATA = 256L << 20;

    private static final String POOL = "Metaspace";

    /** The part of the largest heap that tasks may leave in use: their successors need the rest. */
    private static final int LEFT_PART = 8;

    /** The least ratio of the time of tasks to that of collecting all garbage, only to see what is in use. */
    private static final int LEAST_RATIO = 20;

    private final long usedAtFirst = used();
    private long lookNanos;
    private long lookedAt = System.nanoTime();
    private int tasks;
    private @Nullable MemoryPoolMXBean metadata;
    private long metadataAtFirst;
    private boolean isMetadataUnknown;

    /** Returns the reason to end after another task; {@code null} if there is none. */
    @Nullable
    String after() {
        tasks++;
        if (tasks >= MOST_TASKS) {
            return MOST_TASKS + " tasks";
        }
        if (hasLessHeap()) {
            return "its tasks have left more than 1/8 of its heap in use";
        }
        return tasks % LOOK_TASKS == 0 && hasTooMuchMetadata() ? "the metadata of classes grows without end" : null;
    }

    /** Returns whether tasks have left much in the heap. All garbage is collected to see it, but seldom. */
    private boolean hasLessHeap() {
        long most = Runtime.getRuntime().maxMemory();
        long limit = usedAtFirst + most / LEFT_PART;
        long before = used();
        if (before <= limit) {
            return false;
        }
        boolean isFull = before > most / 4 * 3;
        long begin = System.nanoTime();
        if (!isFull && begin - lookedAt < LEAST_RATIO * lookNanos) {
            return false;
        }
        System.gc(); // most of it may be garbage, which counts as used
        lookedAt = System.nanoTime();
        lookNanos = lookedAt - begin;
        long after = used();
        // An option of the JVM can turn that collection off; then only a full heap counts.
        return after < before ? after > limit : isFull;
    }

    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private boolean hasTooMuchMetadata() {
        if (isMetadataUnknown) {
            return false;
        }
        try {
            MemoryPoolMXBean pool = metadata;
            if (pool == null) {
                pool = find();
                if (pool == null) {
                    isMetadataUnknown = true;
                    return false;
                }
                metadata = pool;
                metadataAtFirst = pool.getUsage().getUsed();
            }
            return pool.getUsage().getUsed() - metadataAtFirst > MOST_METADATA;
        } catch (LinkageError noManagement) { // a Java made by jlink without that module
            isMetadataUnknown = true;
            return false;
        }
    }

    private static @Nullable MemoryPoolMXBean find() {
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            if (pool.getName().equals(POOL)) {
                return pool;
            }
        }
        return null;
    }
}
