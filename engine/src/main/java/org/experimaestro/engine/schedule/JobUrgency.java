package org.experimaestro.engine.schedule;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The urgency of a scheduler's jobs. A job inherits the priority of those that depend on it, at once. The longest chain
 * of jobs that are left behind each job is computed for all jobs together, after an eighth of them have come or ended.
 * So its cost stays that of a few visits of each job, also in a chain of a hundred thousand. Confined to the scheduler's
 * thread.
 */
final class JobUrgency {
    private static final int PARTS = 8;

    private final ReadyQueue ready;
    /** The jobs that are not done, each after those that it depends on. */
    private final List<Job> jobs = new ArrayList<>();

    private long changes;

    JobUrgency(ReadyQueue ready) {
        this.ready = ready;
    }

    /** Returns the jobs that are not known to be done, each after those that it depends on. */
    List<Job> jobs() {
        return List.copyOf(jobs);
    }

    /** Adds a job that was submitted. */
    void add(Job job) {
        jobs.add(job);
        changes++;
        job.setLeft(expected(job));
        job.setPriority(job.work().priority());
        inherit(job);
        updateSometimes();
    }

    /** Raises the priorities of all jobs that a job depends on, at whatever distance. */
    void inherit(Job from) {
        Deque<Job> raised = new ArrayDeque<>();
        raised.add(from);
        while (!raised.isEmpty()) {
            Job job = raised.remove();
            for (Job dependency : job.dependencies()) {
                if (dependency.phase() != Phase.DONE && dependency.isLessUrgent(job)) {
                    ready.reorder(dependency, () -> dependency.inherit(job.priority()));
                    raised.add(dependency);
                }
            }
        }
    }

    /** Counts a job that has ended. */
    void ended() {
        changes++;
    }

    /** Computes the chains anew if enough jobs have come or ended since the last time. */
    void updateSometimes() {
        if (changes * PARTS >= jobs.size()) {
            update();
        }
    }

    private static long expected(Job job) {
        try {
            return job.work().expected();
        } catch (RuntimeException mistake) {
            return 0; // the order of the other jobs does not depend on it
        }
    }

    /** Computes the longest chain of each job: from the last jobs of the graph to its first ones. */
    void update() {
        changes = 0;
        jobs.removeIf(job -> job.phase() == Phase.DONE);
        jobs.forEach(job -> job.setBehind(0));
        boolean isOther = false;
        for (Job job : jobs.reversed()) {
            if (!job.phase().isFinal()) {
                long left = job.behind() + expected(job);
                job.dependencies().forEach(dependency -> dependency.setBehind(Math.max(dependency.behind(), left)));
                job.setBehind(left);
                isOther |= left != job.left();
            }
        }
        if (isOther) {
            // All at once: between two changes, a job could start that is not the next one.
            ready.reorderAll(() -> jobs.forEach(job -> job.setLeft(job.behind())));
        }
    }
}
