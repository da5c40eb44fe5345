package org.experimaestro.engine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.experimaestro.Outcome;
import org.experimaestro.engine.job.JobResult;
import org.experimaestro.engine.schedule.Phase;
import org.experimaestro.workspace.JobStatus;

/**
 * The result of a run.
 *
 * @param outcome the outcome of its jobs in all
 * @param total the number of submitted jobs
 * @param submitted in a detached run, the number of jobs that a batch system has, or that a process runs already
 * @param executed the number of jobs that this run executed, whether they ended well or not
 * @param doneBefore the number of jobs that were done before, or by another run
 * @param failures the jobs that failed, or go on without this run, in the order of submission
 * @param skipped the jobs that were not run because of these failures
 * @param results the plan's own folder
 */
public record RunResult(
        Outcome outcome,
        int total,
        int submitted,
        int executed,
        int doneBefore,
        List<Failure> failures,
        List<SubmittedTask> skipped,
        Path results) {

    /**
     * A job that failed, or that goes on while its end cannot be observed.
     *
     * @param task the task
     * @param end the job's end, with the cause, or with the trouble that prevents its observation
     */
    public record Failure(SubmittedTask task, JobResult end) {

        /**
         * Returns the job's state.
         *
         * @return the state: failed, corrupt, or active
         */
        public JobStatus status() {
            return end.status();
        }
    }

    /** Returns the result of a run, with its jobs counted by their ends. */
    static RunResult of(Outcome outcome, ExperimentRun experiment) {
        int executed = 0;
        int doneBefore = 0;
        List<RunResult.Failure> failures = new ArrayList<>();
        List<SubmittedTask> skipped = new ArrayList<>();
        List<TaskJob> jobs = experiment.snapshot();
        for (TaskJob job : jobs) {
            JobResult ended = job.result();
            if (ended != null && ended.executed()) {
                executed++;
            } else if (job.phase() == Phase.DONE || job.task().found() instanceof JobStatus.Done) {
                doneBefore++;
            }
            if (job.phase() == Phase.FAILED) {
                failures.add(new RunResult.Failure(job.task(), ReportedJob.end(job)));
            } else if (job.phase() == Phase.SKIPPED) {
                skipped.add(job.task());
            }
        }
        return new RunResult(
                outcome, jobs.size(), 0, executed, doneBefore, failures, skipped, experiment.resultsFolder());
    }
}
