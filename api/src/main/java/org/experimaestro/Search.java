package org.experimaestro;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.experimaestro.base.process.PlanLine;

/**
 * A search for the best point of a {@link Space}: the plan asks for trials, runs them, and tells the answers.
 *
 * <p>{@snippet :
 * Search<Model> search = Search.tpe(Space.of(Model.class), Best.LOWEST, 1);
 * for (int i = 0; i < 40 && search.hasNext(); i++) {
 *     Trial<Model> trial = search.ask();
 *     Config<Fit> fit = xp.submit(trial.tag(fit().rate(trial.value().rate()).build()));
 *     search.tell(trial, "loss", xp.report(fit));
 * }
 * }
 *
 * <p>A trial depends on the space, the seed, the trials that were asked before it, and the answers that the search had
 * been told by then, but not on the order in which it was told. So a plan that waits for the same answers before each
 * question asks for the same trials in each run, and finds their jobs done. The page {@code docs/search.md} shows three
 * such plans. Thread-safe, although questions and answers of several threads come in another order in each run.
 *
 * @param <T> the record of a point
 */
public interface Search<T extends Record> {

    /**
     * Begins a random search, which needs no answers.
     *
     * @param space the points
     * @param best the direction in which answers get better, for {@link #best()}
     * @param seed any number; another one gives other trials
     * @param <T> the record of a point
     * @return a search that has asked for nothing yet
     * @throws PlanException if a component of the space has no values
     * @throws PlanException if the module {@code search} is not on the class path
     */
    static <T extends Record> Search<T> random(Space<T> space, Best best, long seed) {
        return Provider.required().create(Method.RANDOM, space, best, seed);
    }

    /**
     * Begins a search along a Sobol sequence, whose points are spread more evenly than random ones. It needs no answers.
     *
     * @param space the points
     * @param best the direction in which answers get better, for {@link #best()}
     * @param seed any number; another one gives other trials
     * @param <T> the record of a point
     * @return a search that has asked for nothing yet
     * @throws PlanException if a component of the space has no values
     * @throws PlanException if the module {@code search} is not on the class path
     */
    static <T extends Record> Search<T> sobol(Space<T> space, Best best, long seed) {
        return Provider.required().create(Method.SOBOL, space, best, seed);
    }

    /**
     * Begins a search by a tree-structured Parzen estimator (TPE), which prefers points that are near to good ones and far
     * from the others. Its first ten trials are those of {@link #sobol}.
     *
     * @param space the points
     * @param best the direction in which answers get better
     * @param seed any number; another one gives other trials
     * @param <T> the record of a point
     * @return a search that has asked for nothing yet
     * @throws PlanException if a component of the space has no values
     * @throws PlanException if the module {@code search} is not on the class path
     */
    static <T extends Record> Search<T> tpe(Space<T> space, Best best, long seed) {
        return Provider.required().create(Method.TPE, space, best, seed);
    }

    /**
     * Returns whether the search can be asked for another trial.
     *
     * @return false if each point of the space was asked, and if the next trial depends on an answer that this run does
     *     not get, as in a dry run
     */
    boolean hasNext();

    /**
     * Asks for another trial. Trials without an answer are taken into account: others are not placed near to them.
     *
     * @return a new trial, with a point that no other trial has
     * @throws PlanException if there is none, see {@link #hasNext}; or if many draws find no point that meets the
     *     conditions of the space
     */
    Trial<T> ask();

    /**
     * Asks for trials that are to run at once, as if each was asked after the other.
     *
     * @param count their largest number, at least 0
     * @return fewer trials if {@link #hasNext} ends before
     * @throws PlanException if many draws find no point that meets the conditions of the space
     */
    default List<Trial<T>> ask(int count) {
        List<Trial<T>> trials = new ArrayList<>();
        while (trials.size() < count && hasNext()) {
            trials.add(ask());
        }
        return trials;
    }

    /**
     * Tells the answer to a trial.
     *
     * @param trial a trial of this search
     * @param value the value to make better; NaN means that the trial failed
     * @throws PlanException if the trial is not open, or is not of this search
     */
    void tell(Trial<T> trial, double value);

    /**
     * Tells the answer to a trial from its jobs: the mean of a metric. If a job failed, so did the trial; otherwise, if a job
     * is not run by this run, there is {@linkplain #tellNotRun no answer}.
     *
     * @param trial a trial of this search
     * @param metric the name of the metric to make better
     * @param jobs jobs of the trial, as {@link Experiment#report} returns them; at least one
     * @throws PlanException if the trial is not open, or is not of this search
     * @throws PlanException if there is no job, or one that is done has no metric of that name
     */
    void tell(Trial<T> trial, String metric, JobReport... jobs);

    /**
     * Tells that a trial failed, or was given up.
     *
     * @param trial a trial of this search
     * @throws PlanException if the trial is not open, or is not of this search
     */
    void tellFailed(Trial<T> trial);

    /**
     * Tells that this run gets no answer to a trial, because it runs nothing, is detached, or leaves a job out.
     *
     * @param trial a trial of this search
     * @throws PlanException if the trial is not open, or is not of this search
     */
    void tellNotRun(Trial<T> trial);

    /**
     * Returns the trials that were asked for.
     *
     * @return in the order of their numbers; a copy
     */
    List<Trial<T>> trials();

    /**
     * Returns the trial with the best answer.
     *
     * @return of equal ones the first; empty if no trial has an answer
     */
    Optional<Trial<T>> best();

    /** The way in which a search chooses points. */
    enum Method {
        /** Each point equally likely. */
        RANDOM,
        /** A Sobol sequence. */
        SOBOL,
        /** A tree-structured Parzen estimator. */
        TPE
    }

    /** A provider of searches. The module {@code search} has the only one; plans do not use it. */
    interface Provider {

        /**
         * Begins a search.
         *
         * @param method the way in which it chooses points
         * @param space the points
         * @param best the direction in which answers get better
         * @param seed any number
         * @param <T> the record of a point
         * @return a search that has asked for nothing yet
         * @throws PlanException if a component of the space has no values
         */
        <T extends Record> Search<T> create(Method method, Space<T> space, Best best, long seed);

        /**
         * Finds the provider.
         *
         * @return the first service of this type that the class path has
         * @throws PlanException if there is none
         */
        static Provider required() {
            return ServiceLoader.load(Provider.class, Provider.class.getClassLoader())
                    .findFirst()
                    .orElseThrow(
                            () -> PlanException.of("Cannot begin a search: the code that chooses trials is missing")
                                    .at(PlanLine.current())
                                    .advice("put experimaestro-search on the class path")
                                    .build());
        }
    }
}
