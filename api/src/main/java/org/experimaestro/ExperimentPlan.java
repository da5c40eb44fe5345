package org.experimaestro;

/**
 * A plan: an ordinary method that builds configurations and submits tasks.
 *
 * <p>{@snippet :
 * public final class SpamExperiment implements ExperimentPlan<SpamExperiment.Settings> {
 *     public record Settings(@Default("10") int epochs) {}
 *
 *     @Override
 *     public void run(Experiment xp, Settings settings) throws Exception {
 *         xp.submit(learn().epochs(settings.epochs()).build());
 *     }
 * }
 * }
 *
 * <p>A plan has a constructor without arguments. The class may be public or not, and may be in any package.
 *
 * @param <S> the plan's settings: a record whose components are the keys of the YAML file ({@code nLayers} is written
 *     {@code n_layers} there). A plan without settings takes a record without components.
 */
public interface ExperimentPlan<S> {

    /**
     * Builds the configurations and submits the tasks. Called once per run, in every run mode. No task can be
     * submitted after this method has returned, so a plan that submits on several threads waits for these threads.
     *
     * @param xp the experiment to submit to
     * @param settings the values of the YAML file
     * @throws Exception if anything goes wrong; the run ends with an error, and jobs that were submitted continue
     */
    void run(Experiment xp, S settings) throws Exception;

    /**
     * Uses the results. Called after all jobs have ended, also if none had to run, and also if some failed: see
     * {@link Report#isComplete}. Not called in the modes dry-run and generate, in a detached run, or when the run is
     * stopped before its end.
     *
     * <p>{@snippet :
     * @Override
     * public void report(Report report) throws Exception {
     *     System.out.print(report.table());
     *     Files.writeString(report.resultsFolder().resolve("results.csv"), report.table().toCsv());
     * }
     * }
     *
     * @param report the jobs of this run with their tags and metrics
     * @throws Exception if anything goes wrong; the run ends with an error
     */
    default void report(Report report) throws Exception {}
}
