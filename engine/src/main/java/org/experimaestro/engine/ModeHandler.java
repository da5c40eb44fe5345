package org.experimaestro.engine;

/**
 * The handler of the jobs of a plan in one run mode. All modes share the graph of jobs; the modes that run jobs also
 * share its scheduler. The modes differ in what they do with a job at its submission, at its turn, and at the end of
 * the plan.
 */
interface ModeHandler {

    /**
     * Takes a job that the plan has just submitted, in the plan's thread.
     *
     * @throws org.experimaestro.ExperimaestroException if the job cannot be run, which is an error of the line that
     *     submits it
     */
    void take(TaskJob job);

    /** Returns the handler of a job's turn. */
    JobHandler jobs();

    /**
     * Finishes the run after the plan has returned.
     *
     * @return the result of the run
     * @throws InterruptedException if this thread is interrupted while it waits
     */
    RunResult finish(ExperimentRun experiment) throws InterruptedException;
}
