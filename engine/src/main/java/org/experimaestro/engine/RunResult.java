package org.experimaestro.engine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.experimaestro.Outcome;
import org.experimaestro.engine.job.JobResult;
import org.experimaestro.engine.schedule.Phase;
import org.experimaestro.workspace.JobStatus;

/**
 * How a run ended.
 *
 * @param outcome how its jobs ended
 * @param total how many jobs were submitted
 * @param submitted how many of them batch systems have, or a process that runs them already, in a detached run
 * @param executed how many of them this run had run, whether they ended well or not
 * @param doneBefore how many were done before, or by another run
 * @param failures the jobs that failed, or go on without this run, in the order of submission
 * @param skipped the jobs that were not run because of these
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
     * A job that failed, or that goes on where nobody can be asked for its end.
     *
     * @param task the task
     * @param end its state, with the cause, or with what is in the way of asking
     */
    public record Failure(SubmittedTask task, JobResult end) {

        /**
         * The job's state.
         *
         * @return failed, corrupt, or active
         */
        public JobStatus status() {
            return end.status();
        }
    }

    /** Counts how the jobs of a run ended. */
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
