package org.experimaestro.runtime;

import java.io.IOException;
import org.experimaestro.runtime.program.GracePeriod;
import org.experimaestro.workspace.Attempt;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.WorkerTask;
import org.experimaestro.workspace.WorkerUse;
import org.jspecify.annotations.Nullable;

/**
 * A job that a worker executes as one of its tasks, by the same code as a process of its own. Thread-safe, but for {@link
 * #run}.
 */
public final class WorkerJob {
    private final Attempt attempt;
    private final TaskHost host;
    private final UseMeter meter;
    private final JobContext context;
    private final JobTermination ending;

    private WorkerJob(Attempt attempt, long started, TaskHost host, WorkerUse use) {
        this.attempt = attempt;
        this.host = host;
        this.meter = new UseMeter(attempt, started, use);
        this.context = new JobContext(attempt.job(), attempt.number());
        this.ending = new JobTermination(attempt, started, context, meter, GracePeriod.millis(), host);
    }

    /**
     * Begins an attempt.
     *
     * @param attempt the attempt
     * @param process the worker's process
     * @param task the task in the worker, whose number is in the worker's file
     * @param host ends the task
     * @param use the resources that the worker has used since the end of the task before
     * @return the job; {@code null} if the attempt was given up or runs already, so that the task must not begin
     * @throws IOException if the process file cannot be written
     */
    public static @Nullable WorkerJob begin(
            Attempt attempt, ProcessIdentity process, WorkerTask task, TaskHost host, WorkerUse use)
            throws IOException {
        long started = System.currentTimeMillis();
        return attempt.begin(process, task, started) ? new WorkerJob(attempt, started, host, use) : null;
    }

    /**
     * Executes the task in this thread, and tells its end. The host has ended the task when this returns, unless the process
     * is asked to end: then another thread tells the end.
     */
    public void run() {
        JobMain.execute(attempt, context, ending, host);
    }

    /**
     * Tells that the task could not be executed in a thread of its own, and ends the process.
     *
     * @param reason what was thrown, such as for want of threads
     */
    public void fail(Throwable reason) {
        FailureReason told = FailureReason.ofStart(reason);
        ending.failed(told.cause(), told.message());
    }

    /** Shows that the job is alive, and looks at the resources that it uses. */
    public void beat() {
        Heartbeat.beat(attempt, ending);
        Heartbeat.look(meter);
    }

    /**
     * Tells the end of the job because the process ends, by a signal or by System.exit, unless its end is told. It waits for
     * the task after a signal, as long as a process of its own would do.
     *
     * @param task the thread of the task
     */
    public void shutDown(Thread task) {
        ending.shutDown(task);
    }
}
