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
    private final Threads threads;
    private volatile @Nullable Thread thread;
    private volatile boolean isOver;
    private volatile @Nullable String renewal;
    private volatile boolean loadsNative;
    private volatile boolean missesPlan;
    private volatile boolean hasThrown;
    private volatile boolean hasLooked;
    private volatile @Nullable String left;

    /** The threads of the worker, and the search for those of tasks. */
    record Threads(Set<Thread> ofWorker, VirtualThreads virtual) {
        /** Finds a thread that a task has left, of whatever kind; {@code null} if there is none. */
        @Nullable
        String findLeft() {
            String platform = LeftoverThreads.findLeft(ofWorker);
            return platform == null ? virtual.findLeft() : platform;
        }
    }

    /**
     * Creates the host of a task.
     *
     * @param classes the task's loader
     * @param reserve the heap for the marker
     * @param threads the threads that are not the task's
     */
    WorkerHost(FreshLoader classes, HeapReserve reserve, Threads threads) {
        this.classes = classes;
        this.reserve = reserve;
        this.threads = threads;
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
        hasThrown = true;
        if (NativeLibraries.isElsewhere(thrown)) {
            loadsNative = true;
        }
        if (UnseenClass.isReasonOf(thrown, classes)) {
            missesPlan = true;
        }
        Throwable each = thrown;
        for (int depth = 0; each != null && depth < DEEPEST_CAUSE; depth++) {
            // After a LinkageError, a class that all tasks share may have failed to initialize, and fails again in
            // each.
            if (each instanceof VirtualMachineError || each instanceof LinkageError) {
                renewal = each.getClass().getSimpleName();
                return;
            }
            each = each.getCause();
        }
    }

    @Override
    public void warnOfThreads() {
        boolean interrupted = Thread.interrupted(); // else nothing could wait for a thread that just ends
        boolean isWarned = LeftoverThreads.warn(threads.ofWorker());
        String found = threads.findLeft();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        left = found;
        hasLooked = true;
        if (found != null && !isWarned) {
            LeftoverThreads.tell(found);
        }
    }

    /** Returns a thread that the task has left, in words; {@code null} if there is none. To be asked after its end. */
    @Nullable
    String findLeft() {
        return hasLooked ? left : threads.findLeft();
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

    /** Returns whether the task has thrown, so that its classes may have been left half made. */
    boolean hasThrown() {
        return hasThrown;
    }

    /** Returns whether the task has failed because a class that all tasks share has not seen one of the plan's. */
    boolean missesPlan() {
        return missesPlan;
    }

    /** Returns whether the task has failed because another one has loaded its native library. */
    boolean loadsNative() {
        return loadsNative;
    }
}
