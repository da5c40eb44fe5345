package org.experimaestro.engine;

import org.experimaestro.Report;
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
    default void statusChanged(SubmittedTask task, String state) {}

    /**
     * Somebody has asked something of the run, and was answered; called by any thread.
     *
     * @param request what, and by whom
     * @param isAccepted whether the run does it
     * @param answer what it does, or why it does not
     */
    default void requested(String request, boolean isAccepted, String answer) {}

    /**
     * All jobs have ended. Called once, before the plan makes its report; only in a run that waits for its jobs.
     *
     * @param report what the plan is given
     */
    default void reported(Report report) {}

    /**
     * The run has come to its end: all jobs have ended, or were submitted to batch systems, and the report was made. Called
     * once, unless {@link #stopped} is.
     *
     * @param result how the run ended
     */
    default void ended(RunResult result) {}

    /**
     * The run was stopped before its end, by an exception of the plan or with its process. Called once, by any thread, in
     * the place of {@link #ended}; only in a run that executes jobs.
     *
     * @param account what has become of the jobs
     */
    default void stopped(RunAccount account) {}
}
