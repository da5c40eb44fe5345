package org.experimaestro.runtime;

import java.util.ArrayList;
import java.util.List;
import org.experimaestro.base.process.JobVariables;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobStatus;

/**
 * The jobs that have to be done before this one begins. The plan waits for them; but where it has left the waiting to the
 * batch system, that one may have forgotten them, and start the job all the same.
 */
final class DependencyCheck {
    /** How long a marker may take to be seen on another host of a network file system. */
    private static final long PATIENCE_MILLIS = 60_000;

    private static final long PAUSE_MILLIS = 500;

    private DependencyCheck() {}

    /** The jobs that are not done, by name. */
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
