package org.experimaestro.engine;

import java.util.ArrayList;
import java.util.List;
import org.experimaestro.Outcome;
import org.experimaestro.engine.job.JobResult;
import org.experimaestro.engine.schedule.Phase;
import org.experimaestro.workspace.JobStatus;

/** Counts how the jobs of a run ended. */
final class RunResults {
    private RunResults() {}

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
