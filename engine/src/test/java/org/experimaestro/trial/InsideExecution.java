package org.experimaestro.trial;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.experimaestro.engine.job.Execution;
import org.experimaestro.engine.job.JobSpec;
import org.experimaestro.runtime.StoredJob;
import org.experimaestro.workspace.Attempt;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.ProcessIdentity;

/** Executes tasks in this process, for tests of what comes before and after: a JVM for each job would be most of their time. */
final class InsideExecution implements Execution {
    @Override
    public JobStatus execute(Attempt attempt, JobSpec spec) throws InterruptedException {
        try {
            attempt.job().write(spec.parameters(), "");
            long started = System.currentTimeMillis();
            attempt.begin(ProcessIdentity.current(), started);
            try {
                StoredJob job = StoredJob.read(attempt.job());
                Map<String, Double> metrics = job.execute(attempt);
                attempt.done(started, metrics, job.defaults());
            } catch (InterruptedException stopped) {
                throw stopped;
            } catch (Exception thrown) {
                attempt.failed(FailureCause.EXCEPTION, thrown.toString(), null);
            }
            return attempt.job().status();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
