package org.experimaestro.runtime;

import java.io.IOException;
import java.nio.file.Path;
import org.experimaestro.WorkspaceException;
import org.experimaestro.base.process.JobVariables;
import org.experimaestro.model.ConfigNode;
import org.experimaestro.workspace.Attempt;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.Failures;
import org.experimaestro.workspace.JobDumps;
import org.experimaestro.workspace.ResourceUse;
import org.experimaestro.workspace.token.TokenFence;
import org.jspecify.annotations.Nullable;

/**
 * The writer of the marker of the job's end. The first of several ends, such as a failure and SIGTERM, is written; the
 * others are ignored. Thread-safe.
 *
 * <p>The {@link TaskHost} ends the process, or only the task.
 */
final class JobTermination {
    private static final String TOKENS_LOST =
            "nothing showed for too long that its process was alive, so that others may have the tokens that it held";
    private static final String ASKED = "the process was asked to end (SIGTERM)";

    /** The time between two looks whether the task has called System.exit. */
    private static final long EXIT_LOOK_MILLIS = 50;

    private final Attempt attempt;
    private final long started;
    private final JobContext context;
    private final UseMeter meter;
    private final long graceMillis;
    private final TaskHost host;
    private final EndRequest request;

    private @Nullable String defaults;
    private boolean told;
    private boolean cancelling;

    /**
     * Creates the writer for an attempt that has begun.
     *
     * @param attempt the attempt
     * @param started the start of its process, in milliseconds since 1970
     * @param context the task's context, which has its metrics
     * @param meter the meter of the resources that the process uses
     * @param graceMillis the longest time for the task to clean up after SIGTERM
     * @param host ends the process, or only the task
     */
    JobTermination(Attempt attempt, long started, JobContext context, UseMeter meter, long graceMillis, TaskHost host) {
        this.attempt = attempt;
        this.started = started;
        this.context = context;
        this.meter = meter;
        this.graceMillis = graceMillis;
        this.host = host;
        this.request = new EndRequest(attempt);
    }

    /** Adds a shutdown hook that writes the marker if the process ends by a signal or by System.exit. */
    void watch(Thread task) {
        Runtime.getRuntime().addShutdownHook(new Thread("experimaestro-ending") {
            @Override
            public void run() {
                shutDown(task);
            }
        });
    }

    /**
     * Returns whether others may have been given the tokens that the job holds.
     *
     * @throws IOException if the tokens cannot be read
     */
    boolean hasLostTokens() throws IOException {
        TokenFence fence = fence();
        // Asked last, because the process itself gives them back just before its end is told.
        return fence != null && !fence.isHeld() && !isTold();
    }

    /**
     * Returns whether the process may begin its task, because its job holds no tokens, or holds them still.
     *
     * @throws IOException if the tokens cannot be read or changed
     */
    boolean beginsWithTokens() throws IOException {
        TokenFence fence = fence();
        return fence == null || fence.begin();
    }

    /** Returns the fence of a job that holds tokens; {@code null} for another one, without a look at its files. */
    private @Nullable TokenFence fence() throws IOException {
        String machine = System.getenv(JobVariables.MACHINE_TOKENS);
        Path ofMachine = machine == null || machine.isEmpty() ? null : Path.of(machine);
        String tokens = System.getenv(JobVariables.TOKENS);
        boolean holdsSome = ofMachine != null || tokens != null && !tokens.isEmpty();
        return holdsSome ? TokenFence.of(attempt, ofMachine) : null;
    }

    /** Ends the process of a job whose tokens others may have. */
    void failTokensLost() {
        failed(FailureCause.TOKENS_LOST, TOKENS_LOST);
    }

    /** Sets the digest of the first defaults that the job is stored with, for the marker of a job that is done. */
    void storedWith(@Nullable String digest) {
        defaults = digest;
    }

    /**
     * Ends the execution after the task has returned: marks the job as done, or as failed if a generated path is missing.
     *
     * @param task the task
     */
    void done(ConfigNode<?> task) {
        releaseReserve(); // the task may have filled the heap, and left it so
        try {
            tellDone(task);
        } catch (Throwable unforeseen) { // all of them: a job without a marker would seem to have vanished
            unforeseen.printStackTrace();
            failed(FailureCause.EXCEPTION, "the task has returned, but the job's end could not be told: " + unforeseen);
        }
    }

    private void tellDone(ConfigNode<?> task) {
        context.close();
        if (isCancelling()) {
            return; // the thread that cancels waits for this one, and writes the marker
        }
        if (request.recorded() != null) {
            failed(FailureCause.CANCELLED, "the task has returned");
            return;
        }
        host.warnOfThreads();
        String missing = GeneratedPaths.missing(task, attempt.job().path());
        if (isCancelling()) {
            return; // the signal has come meanwhile
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
                told = true; // not if that throws, because the failure is written then
            }
        }
        host.end(success ? JobMain.DONE : JobMain.FAILED);
    }

    private boolean writeDone() {
        try {
            // A process that gives the tokens back had them until now, and nobody can take them from it afterwards.
            TokenFence fence = fence();
            if (fence != null && !fence.giveBack()) {
                System.err.println("The task is done, but its result does not count: " + TOKENS_LOST);
                writeFailed(FailureCause.TOKENS_LOST, TOKENS_LOST);
                return false;
            }
            if (attempt.done(started, context.metrics(), defaults, use())) {
                deleteFormerFiles();
                return true;
            }
            System.err.println("The job was given to a later attempt, or is done already; this result does not count.");
        } catch (IOException | WorkspaceException failed) {
            System.err.println("The task is done, but its marker cannot be written: " + failed);
            writeFailed(FailureCause.EXCEPTION, "the task is done, but its marker cannot be written: " + failed);
        }
        return false;
    }

    private void deleteFormerFiles() {
        try {
            if (attempt.number() > 1) {
                attempt.job().deleteFormerFiles();
            }
        } catch (IOException left) {
            System.err.println("The job is done. The files of its earlier attempts are left in "
                    + attempt.job().internalFolder() + ": " + Failures.reason(left));
        }
    }

    /** Releases the reserved heap. To be called first when the heap is full. */
    void releaseReserve() {
        host.releaseReserve();
    }

    /** Marks the attempt as failed, and ends the execution: the task has thrown an exception, or could not begin. */
    void failed(FailureCause cause, String message) {
        if (request.recorded() == null) {
            awaitCancelling();
        }
        if (isCancelling()) {
            return; // the thread that cancels writes the marker
        }
        tellEnd(cause, message);
        host.end(JobMain.FAILED);
    }

    /** Waits a moment for a signal: the task may fail because the same signal has ended a child process. */
    private synchronized void awaitCancelling() {
        boolean interrupted = false;
        long end = System.nanoTime() + EndRequest.SIGNAL_MILLIS * 1_000_000;
        for (long left = EndRequest.SIGNAL_MILLIS; !cancelling && left > 0; ) {
            try {
                wait(left);
            } catch (InterruptedException asked) {
                interrupted = true;
            }
            left = (end - System.nanoTime()) / 1_000_000;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean isTold() {
        return told;
    }

    private synchronized boolean isCancelling() {
        return cancelling;
    }

    /** Tells the end of a task without a signal that the JVM has seen: the task may have seen it in its place. */
    private void tellEnd(FailureCause cause, String message) {
        FailureCause requested = request.recorded();
        if (requested == null) {
            tell(cause, message);
        } else {
            tell(requested, ASKED + ": " + message);
        }
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

    /** Measures this process; {@code null} if that fails, because the marker is written all the same. */
    private @Nullable ResourceUse use() {
        try {
            return meter.measure();
        } catch (RuntimeException | Error unmeasured) { // such as a full heap
            return null;
        }
    }

    /** Marks the attempt as failed because the process ends, by a signal or by System.exit, unless its end is told. */
    void shutDown(Thread task) {
        if (isTold()) {
            return;
        }
        boolean bySignal = EndRequest.awaitSignal();
        synchronized (this) {
            cancelling = bySignal;
            notifyAll();
        }
        if (isCancelling()) {
            ThreadStacks stacks = stacks(); // before the task knows of it: they show where the time went
            context.cancel(); // before the interrupt, so that the task finds isCancelled() true
            task.interrupt();
            endGroup();
            FailureCause cause = FailureCause.CANCELLED;
            try {
                cause = request.causeOfSignal();
                if (cause == FailureCause.TIME_LIMIT && stacks != null) {
                    writeStacks(stacks, task);
                }
                awaitTask(task);
            } catch (InterruptedException again) {
                Thread.currentThread().interrupt();
            }
            tell(cause, ASKED);
        } else {
            tellEnd(FailureCause.EXIT, "the task called System.exit");
        }
    }

    private static @Nullable ThreadStacks stacks() {
        try {
            return ThreadStacks.take();
        } catch (RuntimeException | Error unforeseen) { // such as a full heap
            return null;
        }
    }

    private void writeStacks(ThreadStacks stacks, Thread task) {
        try {
            Path file = JobDumps.of(attempt.job()).writeThreads(attempt.number(), stacks.text(task));
            System.err.println("The time is over. The stacks of all threads at this moment are in " + file);
        } catch (IOException | RuntimeException | Error unwritten) { // such as a full heap: the task has its time
            System.err.println("The time is over. The stacks of all threads cannot be written: " + unwritten);
        }
    }

    private void endGroup() {
        try {
            GroupEnd.start(graceMillis);
        } catch (Throwable unforeseen) { // such as a full heap: the task has its time, and the marker is written
            System.err.println("Processes that the task has started, and that ignore SIGTERM, are left: " + unforeseen);
        }
    }

    /**
     * Waits for the end of the task, until the grace period is over. A thread that calls System.exit while the process
     * ends never returns from it, so there is nothing to wait for.
     */
    private void awaitTask(Thread task) throws InterruptedException {
        long end = System.nanoTime() + graceMillis * 1_000_000;
        for (long left = graceMillis; task.isAlive() && left > 0 && !isInExit(task); ) {
            task.join(Math.min(left, EXIT_LOOK_MILLIS));
            left = (end - System.nanoTime()) / 1_000_000;
        }
    }

    private static boolean isInExit(Thread thread) {
        for (StackTraceElement frame : thread.getStackTrace()) {
            if (frame.getClassName().equals("java.lang.Shutdown")) {
                return true;
            }
        }
        return false;
    }
}
