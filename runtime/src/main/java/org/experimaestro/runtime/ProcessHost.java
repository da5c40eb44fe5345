package org.experimaestro.runtime;

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
     * Ends the process, after some time also if shutdown hooks of the task's libraries still run.
     *
     * @param code the exit code
     */
    public static void exit(int code) {
        Thread limit = new Thread("experimaestro-exit-limit") {
            @Override
            public void run() {
                try {
                    Thread.sleep(EXIT_MILLIS);
                } catch (InterruptedException again) {
                    Thread.currentThread().interrupt();
                }
                Runtime.getRuntime().halt(code);
            }
        };
        limit.setDaemon(true);
        limit.start();
        System.exit(code);
    }
}
