package org.experimaestro.engine;

import java.util.ArrayList;
import java.util.List;
import org.experimaestro.engine.job.JobResult;
import org.experimaestro.engine.schedule.Phase;
import org.experimaestro.workspace.JobStatus;

/**
 * The account of the jobs of a run that was stopped before its end. Each submitted job is in one of the lists, in the
 * order of submission.
 *
 * @param done the jobs that are done
 * @param failed the jobs that failed
 * @param skipped the jobs that were not run because of failed jobs
 * @param left the jobs that run, or wait at their batch systems, without this run
 * @param notStarted the jobs that were never started
 * @param isPlanBroken whether an exception has ended the run, most often the plan's, so that another run may get no
 *     further
 */
public record RunAccount(
        List<SubmittedTask> done,
        List<SubmittedTask> failed,
        List<SubmittedTask> skipped,
        List<SubmittedTask> left,
        List<SubmittedTask> notStarted,
        boolean isPlanBroken) {

    /** Copies the lists. */
    public RunAccount {
        done = List.copyOf(done);
        failed = List.copyOf(failed);
        skipped = List.copyOf(skipped);
        left = List.copyOf(left);
        notStarted = List.copyOf(notStarted);
    }

    /**
     * Returns how many jobs were submitted.
     *
     * @return the size of all lists
     */
    public int total() {
        return done.size() + failed.size() + skipped.size() + left.size() + notStarted.size();
    }

    /**
     * Returns the account of jobs, after the threads of the run that worked on them have ended.
     *
     * @param jobs the jobs
     * @param scheduled whether the scheduler had the jobs, so that their phases count; otherwise their files are read
     * @param isPlanBroken whether the plan has thrown an exception
     */
    static RunAccount of(List<TaskJob> jobs, boolean scheduled, boolean isPlanBroken) {
        RunAccount.Lists lists = new Lists();
        for (TaskJob job : jobs) {
            lists.add(job, scheduled);
        }
        return new RunAccount(lists.done, lists.failed, lists.skipped, lists.left, lists.notStarted, isPlanBroken);
    }

    private static final class Lists {
        private final List<SubmittedTask> done = new ArrayList<>();
        private final List<SubmittedTask> failed = new ArrayList<>();
        private final List<SubmittedTask> skipped = new ArrayList<>();
        private final List<SubmittedTask> left = new ArrayList<>();
        private final List<SubmittedTask> notStarted = new ArrayList<>();

        void add(TaskJob job, boolean scheduled) {
            SubmittedTask task = job.task();
            JobResult ended = job.result();
            Phase phase = scheduled ? job.phase() : Phase.RUNNING;
            switch (phase) {
                case DONE -> done.add(task);
                case SKIPPED -> skipped.add(task);
                case FAILED -> (ended != null && ended.status().isActive() ? left : failed).add(task);
                // As far as this run knows, a job that waits for another try has failed.
                case WAITING, READY -> (ended == null ? notStarted : failed).add(task);
                case RUNNING -> listOf(task).add(task);
            }
        }

        private List<SubmittedTask> listOf(SubmittedTask task) {
            JobStatus status = task.folder().status();
            return switch (status.state()) {
                case DONE -> done;
                case STARTING, QUEUED, RUNNING -> left;
                case NEW -> notStarted;
                case CORRUPT -> failed;
                case FAILED -> isOfThisRun(task, status) ? failed : notStarted;
            };
        }

        /** Returns whether an attempt has failed since the submission; an attempt that was given up does not count. */
        private static boolean isOfThisRun(SubmittedTask task, JobStatus status) {
            return status.lastAttempt().orElse(0) > task.found().lastAttempt().orElse(0) && !status.isGivenUp();
        }
    }
}
