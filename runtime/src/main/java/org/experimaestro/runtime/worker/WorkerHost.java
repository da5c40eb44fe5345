package org.experimaestro.runtime.worker;

import java.util.Set;
import org.experimaestro.runtime.LeftoverThreads;
import org.experimaestro.runtime.ProcessHost;
import org.experimaestro.runtime.TaskHost;
import org.jspecify.annotations.Nullable;

/** The host of one task of a worker: the end of the task ends nothing else. Thread-safe. */
final class WorkerHost implements TaskHost {
    /** The most causes of an exception that are looked at, because they may be a circle. */
    private static final int DEEPEST_CAUSE = 100;

    private final FreshLoader classes;
    private final HeapReserve reserve;
    private final Set<Thread> ofWorker;
    private volatile @Nullable Thread thread;
    private volatile boolean isOver;
    private volatile @Nullable String renewal;
    private volatile boolean loadsNative;

    /**
     * Creates the host of a task.
     *
     * @param classes the task's loader
     * @param reserve the heap for the marker
     * @param ofWorker the threads that are not the task's
     */
    WorkerHost(FreshLoader classes, HeapReserve reserve, Set<Thread> ofWorker) {
        this.classes = classes;
        this.reserve = reserve;
        this.ofWorker = ofWorker;
    }

    /** Sets the thread of the task. */
    void runIn(Thread ofTask) {
        thread = ofTask;
    }

    @Override
    public FreshLoader classes() {
        return classes;
    }

    @Override
    public void releaseReserve() {
        reserve.releaseIfNeeded();
    }

    @Override
    public void onThrown(Throwable thrown) {
        if (NativeLibraries.isElsewhere(thrown)) {
            loadsNative = true;
        }
        Throwable each = thrown;
        for (int depth = 0; each != null && depth < DEEPEST_CAUSE; depth++) {
            if (each instanceof VirtualMachineError) {
                renewal = each.getClass().getSimpleName();
                return;
            }
            each = each.getCause();
        }
    }

    @Override
    public void warnOfThreads() {
        LeftoverThreads.warn(ofWorker);
    }

    @Override
    public void end(int code) {
        if (Thread.currentThread() != thread) {
            ProcessHost.exit(code); // the task may go on forever
        }
        isOver = true;
    }

    /** Returns whether the end of the task is told; false after its thread if the process is ending. */
    boolean isOver() {
        return isOver;
    }

    /** Returns the error after which the process is not to be trusted; {@code null} if there was none. */
    @Nullable
    String renewal() {
        return renewal;
    }

    /** Returns whether the task has failed because another one has loaded its native library. */
    boolean loadsNative() {
        return loadsNative;
    }
}
