package org.experimaestro.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import org.experimaestro.base.text.VisibleText;
import org.jspecify.annotations.Nullable;

/**
 * The threads that a task has started and that still run when it has returned. The end of the process interrupts their
 * work. Daemon threads, such as virtual ones, are not counted, because they are made to end with the process.
 */
public final class LeftoverThreads {
    private static final int MOST_NAMED = 10;
    private static final int LONGEST_NAME = 80;

    /** The longest wait for threads to end, because the threads of a pool that was just shut down need a moment. */
    private static final long PATIENCE_MILLIS = 100;

    /** The group of the platform threads that run virtual ones. */
    private static final String CARRIERS = "CarrierThreads";

    /** The thread for the delays of CompletableFuture before Java 25, which stays. */
    private static final String DELAYS = "CompletableFutureDelayScheduler";

    private LeftoverThreads() {}

    /**
     * Prints to standard error the threads that are left, if there are any. Prints nothing if the process ends already,
     * because its shutdown hooks are threads that run then.
     */
    static void warn() {
        List<Thread> left = find(Set.of());
        // Checked after the search: if the process does not end now, no hook ran during the search.
        if (!left.isEmpty() && !isProcessEnding()) {
            System.err.println(warning(left, "the end of this process ends "));
        }
    }

    /**
     * Prints to standard error the threads that a task of a worker has left, if there are any, and says that the worker ends.
     *
     * @param known the threads that are not the task's
     * @return whether there are any
     */
    public static boolean warn(Set<Thread> known) {
        List<Thread> left = find(known);
        if (left.isEmpty()) {
            return false;
        }
        if (!isProcessEnding()) {
            System.err.println(warning(left, "its worker takes no other task, and its end ends "));
        }
        return true;
    }

    /**
     * Prints to standard error that a daemon or virtual thread of a task still runs, which ends the task's worker. Prints
     * nothing if the process ends already.
     *
     * @param left the thread in words, as {@link #findLeft} returns it
     */
    public static void tell(String left) {
        if (!isProcessEnding()) {
            System.err.println(
                    "The task has returned while a thread of it still runs, so that its worker takes no other"
                            + " task, and ends it: " + left);
        }
    }

    /**
     * Returns whether the process has used virtual threads, by the platform threads that the JVM has for them. The virtual
     * threads themselves are not known to their group.
     *
     * @return true also after they have ended
     */
    public static boolean hasVirtual() {
        for (Thread thread : all()) {
            ThreadGroup group = thread == null ? null : thread.getThreadGroup();
            // The carriers end when they have had nothing to do for a while; the other threads of the scheduler stay.
            if (group != null
                    && (group.getName().equals(CARRIERS) || thread.getName().startsWith("VirtualThread-"))) {
                return true;
            }
        }
        return false;
    }

    /**
     * Finds a thread that a task of a worker has left, also a daemon. Threads of the JDK do not count, nor virtual threads,
     * of which {@link #hasVirtual} tells. Waits a moment for a thread that just ends.
     *
     * @param known the threads that are not the task's
     * @return the name of a thread, with the place where it is; {@code null} if there is none
     */
    public static @Nullable String findLeft(Set<Thread> known) {
        long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
        for (Thread thread : all()) {
            if (thread == null || thread == Thread.currentThread() || known.contains(thread) || isOfJdk(thread)) {
                continue;
            }
            try {
                long patience = (end - System.nanoTime()) / 1_000_000;
                if (patience > 0) {
                    thread.join(patience);
                }
            } catch (InterruptedException asked) {
                Thread.currentThread().interrupt();
            }
            if (thread.isAlive()) {
                return describe(thread);
            }
        }
        return null;
    }

    /** Returns whether a thread belongs to the JDK, by its group; the workers of the common pool are shared by all tasks. */
    private static boolean isOfJdk(Thread thread) {
        ThreadGroup group = thread.getThreadGroup();
        if (group == null) {
            return true; // it has ended
        }
        if (thread.getName().equals(DELAYS)) {
            return false; // it has work of the task for later, or had: nobody can look into its queue
        }
        String name = group.getName();
        return group.getParent() == null
                || name.startsWith("Innocuous")
                || name.equals(CARRIERS)
                || thread instanceof ForkJoinWorkerThread worker
                        && ForkJoinPool.commonPool().equals(worker.getPool())
                || thread.getName().startsWith("ForkJoinPool.commonPool-")
                || thread.getName().startsWith("JFR "); // the JVM's own recorder, which an option starts
    }

    private static String warning(List<Thread> left, String end) {
        StringBuilder text = new StringBuilder("Warning: the task has returned while ")
                .append(left.size() == 1 ? "a thread of it still runs" : left.size() + " threads of it still run")
                .append("; ")
                .append(end)
                .append(left.size() == 1 ? "it:\n" : "them:\n");
        for (int i = 0; i < Math.min(left.size(), MOST_NAMED); i++) {
            text.append("  ").append(describe(left.get(i))).append('\n');
        }
        if (left.size() > MOST_NAMED) {
            text.append("  and ").append(left.size() - MOST_NAMED).append(" more\n");
        }
        text.append("What they have not finished is lost. Wait for them in execute (Thread.join, or shutdown and"
                + " awaitTermination of an executor), or make them daemon threads.");
        return text.toString();
    }

    private static boolean isProcessEnding() {
        Thread hook = new Thread("experimaestro-end-question");
        try {
            Runtime.getRuntime().addShutdownHook(hook);
            Runtime.getRuntime().removeShutdownHook(hook);
            return false;
        } catch (IllegalStateException ending) {
            return true;
        }
    }

    private static List<Thread> find(Set<Thread> known) {
        long start = System.nanoTime();
        List<Thread> left = new ArrayList<>();
        Thread self = Thread.currentThread();
        boolean interrupted = Thread.interrupted();
        for (Thread thread : all()) {
            if (thread != null && thread != self && !thread.isDaemon() && !known.contains(thread)) {
                try {
                    long patience = PATIENCE_MILLIS - (System.nanoTime() - start) / 1_000_000;
                    if (patience > 0) {
                        thread.join(patience);
                    }
                } catch (InterruptedException again) {
                    interrupted = true;
                }
                if (thread.isAlive()) {
                    left.add(thread);
                }
            }
        }
        if (interrupted) {
            self.interrupt();
        }
        return left;
    }

    /** Returns all platform threads; the array may have empty places at its end. */
    private static Thread[] all() {
        ThreadGroup root = Thread.currentThread().getThreadGroup();
        while (root.getParent() != null) {
            root = root.getParent();
        }
        Thread[] threads = new Thread[root.activeCount() + 16];
        while (root.enumerate(threads) == threads.length) {
            threads = new Thread[threads.length * 2]; // enumerate ignores threads that do not fit
        }
        return threads;
    }

    private static String describe(Thread thread) {
        StackTraceElement[] frames = thread.getStackTrace();
        StackTraceElement shown = null;
        for (int i = 0; i < frames.length && shown == null; i++) {
            if (!isOfJdk(frames[i].getClassName())) {
                shown = frames[i];
            }
        }
        if (shown == null && frames.length > 0) {
            shown = frames[0];
        }
        String name = thread.getName();
        return VisibleText.of(name.substring(0, Math.min(name.length(), LONGEST_NAME)))
                + (shown == null ? "" : ", at " + place(shown));
    }

    /** Returns a frame's class, method, file and line, without the loader and module that its own text may have. */
    private static String place(StackTraceElement frame) {
        String file = frame.getFileName();
        return frame.getClassName() + "." + frame.getMethodName() + "("
                + (file == null ? "Unknown Source" : file)
                + (frame.getLineNumber() < 0 ? ")" : ":" + frame.getLineNumber() + ")");
    }

    /** Returns whether a class belongs to the JDK: a frame of the task's own code is more useful in the warning. */
    private static boolean isOfJdk(String className) {
        return className.startsWith("java.")
                || className.startsWith("javax.")
                || className.startsWith("jdk.")
                || className.startsWith("sun.");
    }
}
