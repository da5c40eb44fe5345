package org.experimaestro.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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
     */
    public static void warn(Set<Thread> known) {
        List<Thread> left = find(known);
        if (!left.isEmpty() && !isProcessEnding()) {
            System.err.println(warning(left, "its worker takes no other task, and its end ends "));
        }
    }

    /**
     * Finds a thread that a task of a worker has left, also a daemon. Threads of the JDK do not count, nor virtual threads,
     * which the system does not list. Waits a moment for a thread that just ends.
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
        String name = group.getName();
        return group.getParent() == null
                || name.startsWith("Innocuous")
                || name.equals("CarrierThreads")
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
