package org.experimaestro.runtime;

import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.LifeSign;

/**
 * The process that a batch system had started before this one for the same job. That it is gone is the batch system's
 * word, which may be wrong: a node that it has lost can run on.
 */
final class PreviousProcess {
    /** Longer than a dead process of another host counts as alive. */
    static final long PATIENCE_MILLIS = LifeSign.LEASE.toMillis() + 60_000;

    private static final long PAUSE_MILLIS = 500;

    private PreviousProcess() {}

    /**
     * Waits until it is gone.
     *
     * @param folder the job
     * @param patienceMillis how long to wait at most
     * @return false if it has shown all the time that it lives
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
