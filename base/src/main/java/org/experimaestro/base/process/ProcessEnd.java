package org.experimaestro.base.process;

/**
 * The end of this process.
 *
 * <p>{@code System.exit} asks for the logger {@code java.lang.Runtime} (since Java 21), and so looks for providers of
 * loggers in each jar of the class path. These jars are opened for nothing: for a small job, that is a fifth of its
 * process's time. A process whose main thread returns ends without that, and runs the same shutdown hooks.
 */
public final class ProcessEnd {
    /** The number of the thread that the JVM starts the main method with. */
    private static final long MAIN_THREAD = 1;

    private ProcessEnd() {}

    /**
     * Ends the process with an exit code. If the code is 0, the caller is the main thread, and no other thread would keep
     * the process alive, this method returns instead: the caller must then return from its main method at once.
     *
     * @param code the exit code
     */
    public static void exit(int code) {
        if (code != 0 || !isLastThread()) {
            System.exit(code);
        }
    }

    @SuppressWarnings("deprecation") // threadId() is newer than Java 17
    private static boolean isLastThread() {
        Thread self = Thread.currentThread();
        if (self.getId() != MAIN_THREAD) {
            return false;
        }
        ThreadGroup root = self.getThreadGroup();
        while (root.getParent() != null) {
            root = root.getParent();
        }
        Thread[] threads = new Thread[root.activeCount() + 16];
        int count = root.enumerate(threads);
        if (count == threads.length) {
            return false; // there may be more
        }
        for (int i = 0; i < count; i++) {
            if (threads[i].getId() != MAIN_THREAD && !threads[i].isDaemon()) {
                return false;
            }
        }
        return true;
    }
}
