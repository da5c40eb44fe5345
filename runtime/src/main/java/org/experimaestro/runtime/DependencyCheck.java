package org.experimaestro.runtime;

import java.util.ArrayList;
import java.util.List;
import org.experimaestro.base.process.JobVariables;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobStatus;

/**
 * A check that the jobs on which this job depends are done. Usually the run waits for them. If it has left the waiting
 * to the batch system, the batch system may have dropped the dependencies and start the job too early.
 */
final class DependencyCheck {
    /** The longest delay until a marker is visible on another host of a network file system. */
    private static final long PATIENCE_MILLIS = 60_000;

    private static final long PAUSE_MILLIS = 500;

    private DependencyCheck() {}

    /**
     * Returns the jobs of {@link JobVariables#NEEDS} that are not done. Waits up to {@link #PATIENCE_MILLIS} for each
     * job that is active, because its marker may not be visible yet.
     *
     * @return their names, {@code type/identifier}; empty if all are done
     */
    static List<String> missing(JobFolder job) throws InterruptedException {
        List<String> missing = new ArrayList<>();
        String needs = System.getenv(JobVariables.NEEDS);
        if (needs == null || needs.isEmpty()) {
            return missing;
        }
        for (String name : needs.split(" ")) {
            if (!isDone(job.other(name))) {
                missing.add(name);
            }
        }
        return missing;
    }

    private static boolean isDone(JobFolder needed) throws InterruptedException {
        long start = System.nanoTime();
        while (true) {
            JobStatus status = needed.status();
            if (status instanceof JobStatus.Done) {
                return true;
            }
            if (!status.isActive() || (System.nanoTime() - start) / 1_000_000 > PATIENCE_MILLIS) {
                return false;
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }
}
