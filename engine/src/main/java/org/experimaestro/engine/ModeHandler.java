package org.experimaestro.engine;

/**
 * One way to execute a plan. All share the graph of jobs, and its scheduler where jobs wait; they differ in what is done with
 * a job at once, when its turn has come, and when the plan has returned.
 */
interface ModeHandler {

    /**
     * Takes a job that the plan has just submitted, in the plan's thread.
     *
     * @throws org.experimaestro.ExperimaestroException if it cannot be run: an error of the line that submits it
     */
    void take(TaskJob job);

    /** Returns what is done with a job when its turn has come. */
    JobHandler jobs();

    /**
     * Sees to the end of the run, when the plan has returned.
     *
     * @return how its jobs ended
     * @throws InterruptedException if this thread is interrupted while it waits
     */
    RunResult finish(ExperimentRun experiment) throws InterruptedException;
}
