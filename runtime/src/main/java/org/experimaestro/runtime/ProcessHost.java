package org.experimaestro.runtime;

import java.util.concurrent.locks.LockSupport;
import org.experimaestro.base.process.ProcessEnd;

/**
 * The host of the one task of a job's process, which ends with the task, also if threads of the task still run.
 *
 * <p>The code is on the start path of a job: without lambdas and streams.
 */
public final class ProcessHost implements TaskHost {
    /** The heap that is needed to write the marker while the task's objects fill the rest. */
    public static final int RESERVE_BYTES = 1 << 20;

    /** The longest time for the process to end after the task: shutdown hooks of the task's libraries may not end. */
    private static final long EXIT_MILLIS = 20_000;

    @SuppressWarnings("UnusedVariable") // it only reserves memory, until it is released
    private byte[] reserve = new byte[RESERVE_BYTES];

    ProcessHost() {}

    @Override
    public ClassLoader classes() {
        return ProcessHost.class.getClassLoader();
    }

    @Override
    public void releaseReserve() {
        reserve = new byte[0];
    }

    @Override
    public void onThrown(Throwable thrown) {
        // The process ends, whatever it was.
    }

    @Override
    public void warnOfThreads() {
        LeftoverThreads.warn();
    }

    @Override
    public void end(int code) {
        exit(code);
    }

    /**
     * Ends the process, after some time also if shutdown hooks of the task's libraries still run. Returns if the process
     * ends with the main thread, which must then return at once.
     *
     * @param code the exit code
     */
    public static void exit(int code) {
        Thread limit = new Thread("experimaestro-exit-limit") {
            @Override
            public void run() {
                long end = System.nanoTime() + EXIT_MILLIS * 1_000_000;
                for (long left = EXIT_MILLIS * 1_000_000; left > 0; left = end - System.nanoTime()) {
                    LockSupport.parkNanos(left); // as for Heartbeat.pause, not Thread.sleep
                    Thread.interrupted();
                }
                Runtime.getRuntime().halt(code);
            }
        };
        limit.setDaemon(true);
        limit.start();
        ProcessEnd.exit(code);
    }
}
