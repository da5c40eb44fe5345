package org.experimaestro;

/**
 * A plan: an ordinary method that builds configurations and submits tasks.
 *
 * <p>A plan has a constructor without arguments. It may be public or not, and lie in any package.
 *
 * @param <S> the plan's settings: a record whose components are the keys of the YAML file ({@code nLayers} is written
 *     {@code n_layers} there). A plan without settings takes a record without components.
 */
public interface ExperimentPlan<S> {

    /**
     * Builds the configurations and submits the tasks. Called once per run, in every run mode. No task can be submitted
     * after it has returned: it waits for its own threads that submit.
     *
     * @param xp the experiment to submit to
     * @param settings the values of the YAML file
     * @throws Exception whatever goes wrong; the run ends with an error, jobs that were submitted are left to run
     */
    void run(Experiment xp, S settings) throws Exception;

    /**
     * Called after all jobs have ended, also on a run in which nothing was left to do, and also when some failed:
     * {@link Report#isComplete} tells. Never called in the modes dry-run and generate, in a detached run, and when the run is
     * stopped before its end.
     *
     * @param report the jobs of this run with their tags and metrics
     * @throws Exception whatever goes wrong; the run ends with an error
     */
    default void report(Report report) throws Exception {}
}
