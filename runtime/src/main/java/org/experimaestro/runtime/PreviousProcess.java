package org.experimaestro.runtime;

import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.LifeSign;

/**
 * The process that a batch system had started before this one for the same job. The batch system reports that the
 * process is gone, which may be wrong: a node that the batch system has lost may still run it.
 */
final class PreviousProcess {
    /** The longest wait: a minute more than the time for which a dead process of another host counts as alive. */
    static final long PATIENCE_MILLIS = LifeSign.LEASE.toMillis() + 60_000;

    private static final long PAUSE_MILLIS = 500;

    private PreviousProcess() {}

    /**
     * Waits until the process is gone, by the files of the job.
     *
     * @param folder the job
     * @param patienceMillis the longest wait
     * @return false if the process still seems alive at the end of the wait
     */
    static boolean isGone(JobFolder folder, long patienceMillis) throws InterruptedException {
        JobStatus status = folder.status();
        if (status instanceof JobStatus.Running running && status.isAlive()) {
            System.err.println("The launcher has started this job again, but " + running.process()
                    + " shows that it lives; waiting for its end");
        }
        long start = System.nanoTime();
        while (status.isAlive()) {
            if (System.nanoTime() - start > patienceMillis * 1_000_000) {
                return false;
            }
            Thread.sleep(PAUSE_MILLIS);
            status = folder.status();
        }
        return true;
    }
}
