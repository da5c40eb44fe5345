package org.experimaestro.engine;

import java.util.List;
import org.experimaestro.engine.job.JobResult;
import org.experimaestro.workspace.JobCount;
import org.experimaestro.workspace.JobStatus;

/**
 * The account of a run at its end: each submitted job is in exactly one count.
 *
 * @param jobs the submitted jobs, in the order of submission
 * @param isPlanBroken whether the plan has thrown an exception, so that running it again may do no more
 */
public record RunAccount(List<Job> jobs, boolean isPlanBroken) {

    /**
     * A job of the account.
     *
     * @param task the task
     * @param count the job's count
     * @param end its state, with the cause of a failure, or with the reason why this run cannot ask for its end
     */
    public record Job(SubmittedTask task, JobCount count, JobResult end) {

        /**
         * Returns the job's state.
         *
         * @return the state at the end of the run
         */
        public JobStatus status() {
            return end.status();
        }
    }

    /** Copies the list. */
    public RunAccount {
        jobs = List.copyOf(jobs);
    }

    /**
     * Accounts for jobs that nothing of this process works on any longer.
     *
     * @param jobs the jobs
     * @param isPlanBroken whether the plan has thrown an exception
     */
    static RunAccount of(List<TaskJob> jobs, boolean isPlanBroken) {
        return new RunAccount(jobs.stream().map(RunAccount::job).toList(), isPlanBroken);
    }

    private static Job job(TaskJob job) {
        return switch (job.phase()) {
            case DONE, FAILED -> ended(job, ReportedJob.end(job));
            case SKIPPED -> new Job(job.task(), JobCount.SKIPPED, ReportedJob.end(job));
            case WAITING, READY -> waiting(job);
            case RUNNING -> cutShort(job);
        };
    }

    private static Job ended(TaskJob job, JobResult end) {
        JobCount count = switch (end.status()) {
            case JobStatus.Done done -> done(job, done);
            case JobStatus.Active _ -> JobCount.LEFT;
            default -> JobCount.FAILED;
        };
        return new Job(job.task(), count, end);
    }

    private static JobCount done(TaskJob job, JobStatus.Done done) {
        if (job.task().found() instanceof JobStatus.Done) {
            return JobCount.DONE_BEFORE;
        }
        return job.isOwn(done) ? JobCount.EXECUTED : JobCount.EXECUTED_BY_ANOTHER;
    }

    /** The job had no turn, or is to have another one: then its last try counts. */
    private static Job waiting(TaskJob job) {
        JobResult end = job.isFoundEnded() ? new JobResult(job.task().found()) : job.result();
        if (end != null) {
            return ended(job, end);
        }
        return job.task().found().isActive() ? cutShort(job) : notStarted(job);
    }

    private static Job notStarted(TaskJob job) {
        return new Job(
                job.task(), JobCount.NOT_STARTED, new JobResult(job.task().found()));
    }

    /** The run has ended before it was told of the job's end: the job's files say what has become of it. */
    private static Job cutShort(TaskJob job) {
        JobStatus status = job.task().folder().status();
        boolean isUntouched = status instanceof JobStatus.New
                || status instanceof JobStatus.Failed failed && !isOfThisRun(job.task(), failed);
        return isUntouched ? notStarted(job) : ended(job, new JobResult(status));
    }

    /** Whether an attempt failed since the submission; an attempt that was given up is none. */
    private static boolean isOfThisRun(SubmittedTask task, JobStatus.Failed failed) {
        return failed.lastAttempt().orElse(0) > task.found().lastAttempt().orElse(0) && !failed.isGivenUp();
    }

    /**
     * Returns how many jobs were submitted.
     *
     * @return the sum of all counts
     */
    public int total() {
        return jobs.size();
    }

    /**
     * Returns the number of jobs of a count.
     *
     * @param count the count
     * @return from 0 to {@link #total}
     */
    public int count(JobCount count) {
        return tasks(count).size();
    }

    /**
     * Returns the jobs of a count.
     *
     * @param count the count
     * @return their tasks, in the order of submission
     */
    public List<SubmittedTask> tasks(JobCount count) {
        return jobs.stream().filter(job -> job.count() == count).map(Job::task).toList();
    }

    /** Returns whether all jobs are done. */
    boolean isDone() {
        return jobs.stream().allMatch(job -> job.count().isDone());
    }
}
