package org.experimaestro.runtime.worker;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The pool of the JVM that all tasks of a worker share, and the work that a task has left in it. Confined to one thread. */
final class CommonPool {
    /** The longest wait, because the threads of the pool need a moment after the last piece of work. */
    private static final long PATIENCE_NANOS = 100_000_000;

    private static final long PAUSE_NANOS = 1_000_000;

    /** The method that counts what is to be done later, since release 25; before, a thread of its own shows it. */
    private final @Nullable MethodHandle countsDelayed;

    CommonPool() {
        MethodHandle found = null;
        try {
            found = MethodHandles.publicLookup()
                    .findVirtual(ForkJoinPool.class, "getDelayedTaskCount", MethodType.methodType(long.class));
        } catch (NoSuchMethodException | IllegalAccessException olderJava) {
            // LeftoverThreads finds the thread for delays.
        }
        countsDelayed = found;
    }

    /** Returns whether work is left in the pool, now or for a later time. Waits a moment for work that just ends. */
    boolean isBusy() {
        if (!hasWork()) {
            return false;
        }
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (hasWork()) {
            if (System.nanoTime() - end >= 0) {
                return true;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return false;
    }

    private boolean hasWork() {
        return !ForkJoinPool.commonPool().isQuiescent() || hasDelayed();
    }

    private boolean hasDelayed() {
        if (countsDelayed == null) {
            return false;
        }
        try {
            return (long) countsDelayed.invokeExact(ForkJoinPool.commonPool()) > 0;
        } catch (Throwable unforeseen) {
            return true; // nobody knows, so that the worker ends
        }
    }
}
