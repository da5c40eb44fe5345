package org.experimaestro;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The jobs of a run after all of them have ended, for {@link ExperimentPlan#report}. */
public interface Report {

    /**
     * Returns whether all jobs are done. A report that is not complete lacks the results of some jobs; its tables say which,
     * and why.
     *
     * @return false if a job failed, or was not run because of that
     */
    boolean isComplete();

    /**
     * The jobs of this run, whether it ran them or found them done, and those that are not done.
     *
     * @return in the order of their submission
     */
    List<JobReport> jobs();

    /**
     * The job that made a configuration.
     *
     * @param output what {@code submit} returned
     * @return the job, done or not; empty if no job of this run made it
     * @throws ConfigException if several jobs made parts of it
     */
    Optional<JobReport> job(Config<?> output);

    /**
     * Tags × metrics: a row for each job that has metrics, a column for each tag, then one for each metric. A job that is not
     * done has a row too, with its state, unless the done jobs of its type have no metrics.
     *
     * @return the table, in the order of submission
     */
    Table table();

    /**
     * Tags × metrics of the jobs of one task.
     *
     * @param task the task's class
     * @return the table, in the order of submission
     */
    Table table(Class<? extends Task<?>> task);

    /**
     * Where a report may write what it makes.
     *
     * @return {@link Experiment#resultsFolder}
     */
    Path resultsFolder();
}
