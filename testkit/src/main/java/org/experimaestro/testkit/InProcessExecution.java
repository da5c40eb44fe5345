package org.experimaestro.testkit;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import org.experimaestro.WorkspaceException;
import org.experimaestro.engine.job.Execution;
import org.experimaestro.engine.job.JobSpec;
import org.experimaestro.runtime.FailureReason;
import org.experimaestro.runtime.GeneratedPaths;
import org.experimaestro.runtime.StoredJob;
import org.experimaestro.workspace.Attempt;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.Failures;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.ProcessIdentity;

/**
 * An execution of jobs in this process. It writes the same files as a job's process, so that a reader of the
 * workspace sees the jobs of an ordinary run. Thread-safe.
 */
final class InProcessExecution implements Execution {
    /** A wait for the end of a job's delay. */
    interface Delay {
        void await(Duration time) throws InterruptedException;
    }

    private final Function<JobFolder, JobBehavior> behaviors;
    private final Delay delay;

    InProcessExecution(Function<JobFolder, JobBehavior> behaviors, Delay delay) {
        this.behaviors = behaviors;
        this.delay = delay;
    }

    @Override
    public JobStatus execute(Attempt attempt, JobSpec spec) {
        JobFolder job = attempt.job();
        try {
            job.write(spec.parameters(), ""); // the only class path is that of this process
            long started = System.currentTimeMillis();
            attempt.begin(ProcessIdentity.current(), started);
            run(attempt, started);
        } catch (IOException unwritten) {
            throw WorkspaceException.of("Cannot write the files of " + job + ": " + Failures.reason(unwritten))
                    .at(job.path().toString())
                    .cause(unwritten)
                    .build();
        }
        return job.status();
    }

    /** Records the end of the attempt even after an exception or an error, because no other code would. */
    private void run(Attempt attempt, long started) throws IOException {
        JobBehavior behavior;
        try {
            behavior = behaviors.apply(attempt.job());
            delay.await(behavior.duration());
        } catch (InterruptedException stopped) {
            cancelled(attempt);
            return;
        } catch (RuntimeException | Error mistake) {
            attempt.failed(
                    FailureCause.EXCEPTION, "the test's function for the behavior of jobs has thrown " + mistake, null);
            return;
        }
        switch (behavior.act()) {
            case JobBehavior.Act.Execute() -> executeTask(attempt, started);
            case JobBehavior.Act.Finish(Map<String, Double> metrics) -> attempt.done(started, metrics, null);
            case JobBehavior.Act.Fail(FailureCause cause) -> attempt.failed(cause, "the test defines this end", null);
        }
    }

    /** Written first: a thread that is interrupted may not be able to write. */
    private static void cancelled(Attempt attempt) throws IOException {
        try {
            attempt.failed(FailureCause.CANCELLED, "the run was stopped", null);
        } finally {
            Thread.currentThread().interrupt();
        }
    }

    private static void executeTask(Attempt attempt, long started) throws IOException {
        StoredJob stored;
        try {
            stored = StoredJob.read(attempt.job());
        } catch (Throwable wrong) {
            fail(attempt, FailureReason.ofStart(wrong));
            return;
        }
        Map<String, Double> metrics;
        try {
            metrics = stored.execute(attempt);
        } catch (InterruptedException stopped) {
            cancelled(attempt);
            return;
        } catch (Throwable thrown) {
            fail(attempt, FailureReason.ofTask(thrown));
            return;
        }
        String missing = GeneratedPaths.missing(stored.node(), attempt.job().path());
        if (missing.isEmpty()) {
            attempt.done(started, metrics, stored.defaults());
        } else {
            attempt.failed(FailureCause.MISSING_PATHS, missing, null);
        }
    }

    private static void fail(Attempt attempt, FailureReason reason) throws IOException {
        attempt.failed(reason.cause(), reason.message(), null);
    }
}
