package org.experimaestro.engine.job;

import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.engine.time.RunClock;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.OutputRemoval;

/** The wait for the end of a removal of outputs, which takes some renames. */
public final class RemovalWait {
    private static final Duration PAUSE = Duration.ofMillis(20);
    /** The number of pauses after which the wait is told: five seconds. */
    private static final int PATIENCE = 250;

    private RemovalWait() {}

    /**
     * Returns the state of a job, and waits for its change while another process removes the outputs of the job. The caller has
     * recorded before that its run needs the job: a removal that comes later finds the record.
     *
     * @param job the job
     * @param found its state, as it was read
     * @param clock the clock of pauses
     * @param warnings is told once if the wait is long
     * @return the state afterwards; {@link JobStatus.Done} means that the outputs are there, and stay
     * @throws InterruptedException if the thread is interrupted
     */
    public static JobStatus settled(JobFolder job, JobStatus found, RunClock clock, Consumer<String> warnings)
            throws InterruptedException {
        try {
            return settle(job, found, clock, warnings);
        } catch (IOException | JsonException unreadable) {
            JobStatus status = job.status(); // which names the file
            return status instanceof JobStatus.Done
                    ? new JobStatus.Corrupt("The attempts at " + job + " cannot be read: " + unreadable.getMessage())
                    : status;
        }
    }

    private static JobStatus settle(JobFolder job, JobStatus found, RunClock clock, Consumer<String> warnings)
            throws IOException, InterruptedException {
        JobStatus status = found;
        int pauses = 0;
        while (status instanceof JobStatus.Done || status instanceof JobStatus.Starting) {
            if (status instanceof JobStatus.Done done && OutputRemoval.isUntouched(job, done)) {
                return status; // at once for nearly all jobs
            }
            if (OutputRemoval.isGoingOn(job, status)) {
                if (pauses++ == PATIENCE) {
                    warnings.accept("Waits for the removal of the outputs of " + job
                            + ": another run has claimed it, and has not finished; if that run hangs, stop it");
                }
                clock.sleep(PAUSE);
                status = job.status();
            } else {
                JobStatus now = job.status(); // after the claim was seen to be over
                if (now.equals(status)) {
                    return now;
                }
                status = now;
            }
        }
        return status;
    }
}
