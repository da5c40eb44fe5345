package org.experimaestro.engine;

import java.nio.file.Path;
import java.util.List;
import org.experimaestro.Outcome;
import org.experimaestro.workspace.JobCount;

/**
 * The result of a run whose plan has returned, and which was not stopped.
 *
 * @param outcome the outcome of its jobs in all
 * @param account the counts of its jobs
 * @param results the plan's own folder
 */
public record RunResult(Outcome outcome, RunAccount account, Path results) {

    /**
     * Returns how many jobs were submitted.
     *
     * @return the sum of all counts
     */
    public int total() {
        return account.total();
    }

    /**
     * Returns how many jobs this run has executed.
     *
     * @return the number of jobs that are done by an attempt of this run
     */
    public int executed() {
        return account.count(JobCount.EXECUTED);
    }

    /**
     * Returns how many jobs were done when the run submitted them.
     *
     * @return the number of jobs
     */
    public int doneBefore() {
        return account.count(JobCount.DONE_BEFORE);
    }

    /**
     * Returns the jobs that failed, and those that go on although the run waited for them.
     *
     * @return the jobs, in the order of submission
     */
    public List<RunAccount.Job> failures() {
        return account.jobs().stream()
                .filter(job -> job.count() == JobCount.FAILED
                        || job.count() == JobCount.LEFT && !job.end().message().isEmpty())
                .toList();
    }

    /**
     * Returns the jobs that were not run because of these.
     *
     * @return the tasks, in the order of submission
     */
    public List<SubmittedTask> skipped() {
        return account.tasks(JobCount.SKIPPED);
    }
}
