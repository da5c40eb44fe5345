package org.experimaestro.engine;

import org.experimaestro.engine.schedule.Phase;

/** Is told what happens in a run. Calls come from the plan's thread and from the scheduler's. */
public interface RunListener {

    /**
     * Something that the user should know, and that stops nothing.
     *
     * @param text one sentence
     */
    void warning(String text);

    /**
     * The plan submitted a task for the first time in this run.
     *
     * @param task the task
     */
    void submitted(SubmittedTask task);

    /**
     * A job has a new phase.
     *
     * @param task the task
     * @param phase the phase
     */
    void changed(SubmittedTask task, Phase phase);

    /**
     * What the launcher says of a job that waits or runs; called by any thread.
     *
     * @param task the task
     * @param state a few words, such as {@code PENDING (Priority)}; empty when it waits for nothing any longer
     */
    default void says(SubmittedTask task, String state) {}
}
