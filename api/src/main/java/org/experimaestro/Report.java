package org.experimaestro;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The results of a run, for {@link ExperimentPlan#report}: all its jobs, after they have ended.
 *
 * <p>{@snippet :
 * if (report.isComplete()) {
 *     System.out.print(report.table(Evaluate.class));
 * }
 * }
 */
public interface Report {

    /**
     * Returns whether all jobs are done. A report that is not complete lacks the results of some jobs; its tables
     * list these jobs and the reasons.
     *
     * @return false if a job failed, or did not run because another job failed
     */
    boolean isComplete();

    /**
     * Returns all jobs of this run: the jobs that it ran, the jobs that were done already, and the jobs that are not
     * done.
     *
     * @return in the order of their submission; a job that was submitted with several sets of tags occurs once for each
     */
    List<JobReport> jobs();

    /**
     * Returns the job that made a configuration.
     *
     * @param output a result of {@code submit}
     * @return the job, done or not; empty if no job of this run made the configuration
     * @throws ConfigException if several jobs made parts of the configuration
     */
    Optional<JobReport> job(Config<?> output);

    /**
     * Returns the table of tags and metrics. It has a row for each job that has metrics, a column for each tag, then
     * a column for each metric. A job that is not done has a row with its state, unless the done jobs of its type
     * have no metrics.
     *
     * @return the table, in the order of submission
     */
    Table table();

    /**
     * Returns the table of tags and metrics for the jobs of one task.
     *
     * @param task the task's class
     * @return the table, in the order of submission
     */
    Table table(Class<? extends Task<?>> task);

    /**
     * Returns the folder for files that a report writes.
     *
     * @return {@link Experiment#resultsFolder}
     */
    Path resultsFolder();
}
