package org.experimaestro.engine;

import java.util.ArrayList;
import java.util.List;
import org.experimaestro.engine.job.JobResult;
import org.experimaestro.engine.schedule.Phase;
import org.experimaestro.workspace.JobStatus;

/**
 * What has become of the jobs of a run that was stopped before its end. Each job that was submitted is in one of the lists,
 * in the order of submission.
 *
 * @param done the jobs that are done
 * @param failed the jobs that failed
 * @param skipped the jobs that were not run because of these
 * @param running the jobs whose processes run without this run
 * @param submitted the jobs that batch systems have, or that are being started: no process of theirs is known to have begun
 * @param notStarted the jobs that were never started
 * @param isPlanBroken whether the plan has thrown an exception, so that running it again may do no more
 */
public record RunAccount(
        List<SubmittedTask> done,
        List<SubmittedTask> failed,
        List<SubmittedTask> skipped,
        List<SubmittedTask> running,
        List<SubmittedTask> submitted,
        List<SubmittedTask> notStarted,
        boolean isPlanBroken) {

    /** Copies the lists. */
    public RunAccount {
        done = List.copyOf(done);
        failed = List.copyOf(failed);
        skipped = List.copyOf(skipped);
        running = List.copyOf(running);
        submitted = List.copyOf(submitted);
        notStarted = List.copyOf(notStarted);
    }

    /**
     * Returns how many jobs were submitted.
     *
     * @return the size of all lists
     */
    public int total() {
        return done.size() + failed.size() + skipped.size() + running.size() + submitted.size() + notStarted.size();
    }

    /**
     * Returns the jobs that go on without this run, as far as is known.
     *
     * @return those that run, and those that are submitted
     */
    public List<SubmittedTask> left() {
        List<SubmittedTask> left = new ArrayList<>(running);
        left.addAll(submitted);
        return left;
    }

    /**
     * Accounts for jobs that nothing of this process works on any longer.
     *
     * @param jobs the jobs
     * @param scheduled whether the scheduler had them, so that their phases count; otherwise their files are read
     * @param isPlanBroken whether the plan has thrown an exception
     */
    static RunAccount of(List<TaskJob> jobs, boolean scheduled, boolean isPlanBroken) {
        RunAccount.Lists lists = new Lists();
        for (TaskJob job : jobs) {
            lists.add(job, scheduled);
        }
        return new RunAccount(
                lists.done,
                lists.failed,
                lists.skipped,
                lists.running,
                lists.submitted,
                lists.notStarted,
                isPlanBroken);
    }

    private static final class Lists {
        private final List<SubmittedTask> done = new ArrayList<>();
        private final List<SubmittedTask> failed = new ArrayList<>();
        private final List<SubmittedTask> skipped = new ArrayList<>();
        private final List<SubmittedTask> running = new ArrayList<>();
        private final List<SubmittedTask> submitted = new ArrayList<>();
        private final List<SubmittedTask> notStarted = new ArrayList<>();

        void add(TaskJob job, boolean scheduled) {
            SubmittedTask task = job.task();
            JobResult ended = job.result();
            Phase phase = scheduled ? job.phase() : Phase.RUNNING;
            switch (phase) {
                case DONE -> done.add(task);
                case SKIPPED -> skipped.add(task);
                case FAILED -> (ended != null && ended.status().isActive() ? listOf(task) : failed).add(task);
                // A job that is to be tried again has failed, as far as anybody knows.
                case WAITING, READY -> (ended == null ? notStarted : failed).add(task);
                case RUNNING -> listOf(task).add(task);
            }
        }

        private List<SubmittedTask> listOf(SubmittedTask task) {
            JobStatus status = task.folder().status();
            return switch (status.state()) {
                case DONE -> done;
                case STARTING, QUEUED -> submitted;
                case RUNNING -> running;
                case NEW -> notStarted;
                case CORRUPT -> failed;
                case FAILED -> isOfThisRun(task, status) ? failed : notStarted;
            };
        }

        /** Whether an attempt failed since the submission; an attempt that was given up is none. */
        private static boolean isOfThisRun(SubmittedTask task, JobStatus status) {
            return status.lastAttempt().orElse(0) > task.found().lastAttempt().orElse(0) && !status.isGivenUp();
        }
    }
}
