package org.experimaestro.engine;

import java.util.List;
import org.experimaestro.engine.job.JobResult;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.JobCount;
import org.experimaestro.workspace.JobStatus;

/**
 * The account of a run at its end: each submitted job is in exactly one count.
 *
 * @param jobs the submitted jobs, in the order of submission
 * @param isPlanBroken whether an exception has ended the run, most often the plan's, so that another run may get no
 *     further
 */
public record RunAccount(List<Job> jobs, boolean isPlanBroken) {

    /**
     * A job of the account.
     *
     * @param task the task
     * @param count the job's count
     * @param end its state, with the cause of a failure, or with the reason why this run cannot ask for its end
     * @param isOwn whether this run has started its last attempt
     */
    public record Job(SubmittedTask task, JobCount count, JobResult end, boolean isOwn) {

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
     * Returns the account of jobs, after the threads of the run that worked on them have ended.
     *
     * @param jobs the jobs
     * @param isPlanBroken whether the plan has thrown an exception
     */
    static RunAccount of(List<TaskJob> jobs, boolean isPlanBroken) {
        return new RunAccount(jobs.stream().map(RunAccount::job).toList(), isPlanBroken);
    }

    private static Job job(TaskJob job) {
        if (job.isLeftOut()) {
            JobCount count = job.isNotNeeded() ? JobCount.NOT_NEEDED : JobCount.LEFT_OUT;
            return new Job(job.task(), count, new JobResult(job.task().found()), false);
        }
        return switch (job.phase()) {
            case DONE, FAILED -> ended(job, ReportedJob.end(job));
            case SKIPPED ->
                job.node().isWithheld()
                        ? waiting(job)
                        : new Job(job.task(), JobCount.SKIPPED, ReportedJob.end(job), false);
            case WAITING, READY -> waiting(job);
            case RUNNING -> cutShort(job);
        };
    }

    private static Job ended(TaskJob job, JobResult end) {
        JobCount count = switch (end.status()) {
            case JobStatus.Done done -> done(job, done);
            case JobStatus.Active _ -> JobCount.LEFT;
            case JobStatus.Failed failed when failed.cause() == FailureCause.CONTINUED -> JobCount.NOT_STARTED;
            default -> JobCount.FAILED;
        };
        return new Job(job.task(), count, end, job.isOwn(end.status()));
    }

    private static JobCount done(TaskJob job, JobStatus.Done done) {
        if (job.task().found() instanceof JobStatus.Done) {
            return JobCount.DONE_BEFORE;
        }
        return job.isOwn(done) ? JobCount.EXECUTED : JobCount.EXECUTED_BY_ANOTHER;
    }

    /** Returns the account of a job that had no turn, or that waits for another try: then its last try counts. */
    private static Job waiting(TaskJob job) {
        JobResult end = job.isFoundEnded() ? new JobResult(job.task().found()) : job.result();
        if (end != null) {
            return ended(job, end);
        }
        return job.task().found().isActive() ? cutShort(job) : notStarted(job);
    }

    private static Job notStarted(TaskJob job) {
        return new Job(
                job.task(), JobCount.NOT_STARTED, new JobResult(job.task().found()), false);
    }

    /** Returns the account of a job whose end the run has not seen, from the job's files. */
    private static Job cutShort(TaskJob job) {
        JobStatus status = job.task().folder().status();
        boolean isUntouched = status instanceof JobStatus.New
                || status instanceof JobStatus.Removed
                || status instanceof JobStatus.Failed failed && !isOfThisRun(job.task(), failed);
        return isUntouched ? notStarted(job) : ended(job, new JobResult(status));
    }

    /** Returns whether an attempt has failed since the submission; an attempt that was given up does not count. */
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

    /**
     * Returns how many of the jobs that are left are known to run. No process is known to have begun of the others,
     * which a batch system has, or which are being started.
     *
     * @return from 0 to the number of jobs in {@link JobCount#LEFT}
     */
    public int running() {
        return Math.toIntExact(jobs.stream()
                .filter(job -> job.count() == JobCount.LEFT && job.status() instanceof JobStatus.Running)
                .count());
    }

    /** Returns whether all jobs are done that the run was to run. */
    boolean isDone() {
        return jobs.stream()
                .allMatch(job ->
                        job.count().isDone() || job.count() == JobCount.LEFT_OUT || job.count() == JobCount.NOT_NEEDED);
    }

    /** Returns whether all jobs are done that are needed. */
    boolean isComplete() {
        return isDone() && count(JobCount.LEFT_OUT) == 0;
    }
}
