package org.experimaestro.faults;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The choice of faults. The same seed chooses the same faults; the machine decides what the processes are doing then. */
final class Chance {
    /** The property with the number of faults; the long run names it, each build has {@link #FEW}. */
    private static final String FAULTS = "faults";

    private static final int FEW = 16;

    private final Random random;

    Chance(long seed) {
        random = new Random(seed);
    }

    /** Whether this is the long run. */
    static boolean isLong() {
        return Integer.getInteger(FAULTS) != null;
    }

    /** The number of faults. */
    static int faults() {
        return Integer.getInteger(FAULTS, FEW);
    }

    /** A number that repeats a run: that of the property {@code faults.seed}, else 1. */
    static long seed() {
        return Long.getLong(LyingFiles.SEED, 1);
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    /** Lets the processes work for some time. */
    void wait(int mostMillis) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(mostMillis)));
    }

    /** Kills or stops something of a site; returns a word for it, empty if there was nothing. */
    String strike(Site site) throws IOException, InterruptedException {
        List<Process> plans = site.plans();
        List<ProcessHandle> jobs = site.jobProcesses();
        switch (below(10)) {
            case 0, 1 -> {
                return killPlan(site, plans);
            }
            case 2, 3, 4, 5 -> {
                return killJob(site, jobs);
            }
            case 6 -> {
                String plan = killPlan(site, plans);
                String job = killJob(site, site.jobProcesses());
                return plan.isEmpty() || job.isEmpty() ? plan + job : "both";
            }
            case 7, 8 -> {
                if (jobs.isEmpty()) {
                    return "";
                }
                ProcessHandle stopped = jobs.get(below(jobs.size()));
                site.signal("STOP", stopped);
                wait(300);
                site.signal("CONT", stopped);
                return "stop";
            }
            default -> {
                site.killAll();
                return "all";
            }
        }
    }

    private String killPlan(Site site, List<Process> plans) throws InterruptedException {
        if (plans.isEmpty()) {
            return "";
        }
        site.kill(plans.get(below(plans.size())));
        return "plan";
    }

    private String killJob(Site site, List<ProcessHandle> jobs) {
        if (jobs.isEmpty()) {
            return "";
        }
        site.kill(jobs.get(below(jobs.size())));
        return "job";
    }
}
