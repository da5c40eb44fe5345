package org.experimaestro.runtime;

import java.io.IOException;
import org.experimaestro.generated.TypeDescriptor;
import org.experimaestro.workspace.Attempt;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.ResourceUse;
import org.jspecify.annotations.Nullable;

/**
 * Says how the job ended: exactly once, whatever comes first. Thread-safe.
 *
 * <p>The process ends with the task: threads that the task left behind do not keep it.
 */
final class JobTermination {
    /** How long the launcher has to say why it ends the job. */
    private static final long WORD_MILLIS = 2_000;

    private static final FailureCause[] SIGNAL_CAUSES = {
        FailureCause.TIME_LIMIT, FailureCause.MEMORY_LIMIT, FailureCause.NODE_FAILURE, FailureCause.PREEMPTED
    };

    /** What it takes to say that the heap is full, when the task's objects stay there. */
    private static final int RESERVE_BYTES = 1 << 20;

    private final Attempt attempt;
    private final long started;
    private final JobContext context;
    private final long graceMillis;

    @SuppressWarnings("UnusedVariable") // it is held only to be let go
    private byte[] reserve = new byte[RESERVE_BYTES];

    private @Nullable String defaults;
    private boolean told;
    private boolean cancelling;

    /**
     * Of an attempt that has begun.
     *
     * @param attempt the attempt
     * @param started when, in milliseconds since 1970
     * @param context what the task was told of its job
     * @param graceMillis how long the task has, after SIGTERM, to clean up, and the process to end, after the task
     */
    JobTermination(Attempt attempt, long started, JobContext context, long graceMillis) {
        this.attempt = attempt;
        this.started = started;
        this.context = context;
        this.graceMillis = graceMillis;
    }

    /** Sees to it that an end from outside, or by System.exit, is told too. */
    void watch(Thread task) {
        Runtime.getRuntime().addShutdownHook(new Thread("experimaestro-ending") {
            @Override
            public void run() {
                shutDown(task);
            }
        });
    }

    /** The digest of the first defaults that the job is stored with: told with its end, where it is looked at again. */
    void storedWith(@Nullable String digest) {
        defaults = digest;
    }

    /**
     * The task has returned.
     *
     * @param type the task's type
     */
    void done(TypeDescriptor<?> type) {
        releaseReserve(); // the task may have filled the heap, and left it so
        try {
            tellDone(type);
        } catch (Throwable unforeseen) { // whatever it is: a job without a marker would seem to have vanished
            unforeseen.printStackTrace();
            failed(FailureCause.EXCEPTION, "the task has returned, but the job's end could not be told: " + unforeseen);
        }
    }

    private void tellDone(TypeDescriptor<?> type) {
        context.close();
        if (isCancelling()) {
            return; // the thread that cancels waits for this one, and tells
        }
        LeftoverThreads.warn();
        String missing = GeneratedPaths.missing(type, attempt.job().path());
        if (isCancelling()) {
            return; // it has come meanwhile
        }
        if (!missing.isEmpty()) {
            System.err.println("The task has returned without having made " + missing
                    + ". It has to make all of its generated paths, but those with @GeneratedPath(optional = true).");
            failed(FailureCause.MISSING_PATHS, missing);
            return;
        }
        System.out.flush();
        System.err.flush();
        boolean success = false;
        synchronized (this) {
            if (!told) {
                success = writeDone();
                told = true; // not where that throws: the failure is told then
            }
        }
        exit(success ? JobMain.DONE : JobMain.FAILED);
    }

    private boolean writeDone() {
        try {
            if (attempt.done(started, context.metrics(), defaults, use())) {
                return true;
            }
            System.err.println("The job was given to a later attempt, or is done already; this result does not count.");
        } catch (IOException failed) {
            System.err.println("The task is done, but its marker cannot be written: " + failed);
            writeFailed(FailureCause.EXCEPTION, "the task is done, but its marker cannot be written: " + failed);
        }
        return false;
    }

    /** The heap is full: to be called before anything else is. */
    void releaseReserve() {
        reserve = new byte[0];
    }

    /** The task has thrown, or could not begin. */
    void failed(FailureCause cause, String message) {
        if (isCancelling()) {
            return; // as above
        }
        tell(cause, message);
        exit(JobMain.FAILED);
    }

    private synchronized boolean isCancelling() {
        return cancelling;
    }

    private void tell(FailureCause cause, String message) {
        System.out.flush();
        System.err.flush();
        context.close();
        synchronized (this) {
            if (!told) {
                told = true;
                writeFailed(cause, message);
            }
        }
    }

    private void writeFailed(FailureCause cause, String message) {
        try {
            attempt.failed(cause, message, null, use());
        } catch (IOException failed) {
            System.err.println("The job failed (" + message + "), and its marker cannot be written: " + failed);
        }
    }

    /** The end is told, be it without this. */
    private @Nullable ResourceUse use() {
        try {
            return ResourceUse.ofThisProcess(started);
        } catch (RuntimeException | Error unmeasured) { // such as a full heap
            return null;
        }
    }

    private void shutDown(Thread task) {
        synchronized (this) {
            if (told) {
                return;
            }
            cancelling = isSignal();
        }
        if (isCancelling()) {
            context.cancel(); // first: a task that is interrupted may ask why
            task.interrupt();
            FailureCause cause = FailureCause.CANCELLED;
            try {
                cause = causeOfSignal();
                task.join(graceMillis);
            } catch (InterruptedException again) {
                Thread.currentThread().interrupt();
            }
            tell(cause, "the process was asked to end (SIGTERM)");
        } else {
            tell(FailureCause.EXIT, "the task called System.exit");
        }
    }

    /** The launcher knows why it ends the job, where it can be asked quickly. */
    private static FailureCause causeOfSignal() throws InterruptedException {
        String word = LauncherQuery.state(WORD_MILLIS);
        for (FailureCause cause : SIGNAL_CAUSES) {
            if (word.equals(cause.name())) {
                return cause;
            }
        }
        return FailureCause.CANCELLED;
    }

    /** A signal is handled on a thread of its own, which then waits for the shutdown hooks, as who calls exit does. */
    private static boolean isSignal() {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            String name = thread.getName();
            if (name.startsWith("SIG") && name.endsWith(" handler")) {
                return true;
            }
        }
        return false;
    }

    /** Shutdown hooks of the task's libraries have their time, and no more. */
    private void exit(int code) {
        Thread limit = new Thread("experimaestro-exit-limit") {
            @Override
            public void run() {
                try {
                    Thread.sleep(graceMillis);
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
