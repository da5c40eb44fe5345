package org.experimaestro;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The jobs of a run after all of them are done, for {@link ExperimentPlan#report}. */
public interface Report {

    /**
     * The jobs of this run, whether it ran them or found them done.
     *
     * @return in the order of their submission
     */
    List<JobReport> jobs();

    /**
     * The job that made a configuration.
     *
     * @param output what {@code submit} returned
     * @return the job, empty if no job of this run made it
     */
    Optional<JobReport> job(Config<?> output);

    /**
     * Tags × metrics: a row for each job that has metrics, a column for each tag, then one for each metric.
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
