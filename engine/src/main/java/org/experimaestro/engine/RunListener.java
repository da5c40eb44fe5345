package org.experimaestro.engine;

import org.experimaestro.Report;
import org.experimaestro.engine.job.JobResult;
import org.experimaestro.engine.schedule.Phase;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.RunFolder;

/** A listener of the events of a run. It is called by the plan's thread and by the scheduler's thread. */
public interface RunListener {

    /**
     * Handles the begin of a run that executes jobs: its files exist. Called once, before any job is submitted; does
     * nothing by default.
     *
     * @param run the folder of the run
     */
    default void begun(RunFolder run) {}

    /**
     * Handles a problem that the user should know, and that stops nothing.
     *
     * @param text one sentence
     */
    void warning(String text);

    /**
     * Handles a decision of the run that the user may want to know, and that is no problem. Called by any thread; does
     * nothing by default.
     *
     * @param text one sentence
     */
    default void notice(String text) {}

    /**
     * Handles a task that the plan has submitted for the first time in this run.
     *
     * @param task the task
     */
    void submitted(SubmittedTask task);

    /**
     * Handles a job whose outputs were removed, and which this run runs again, or would run in a mode that runs nothing.
     * Called before {@link #submitted}; does nothing by default.
     *
     * @param task the task
     * @param user the name of the job that needs the outputs; empty if the plan wants the job itself
     */
    default void runsAgain(SubmittedTask task, String user) {}

    /**
     * Handles a transient job whose outputs this run has removed. Called by any thread; does nothing by default.
     *
     * @param task the task
     */
    default void outputsRemoved(SubmittedTask task) {}

    /**
     * Handles a change of the prepare step of a configuration that jobs need. Called by any thread; in a dry run once for
     * each step that a run would run. Does nothing by default.
     *
     * @param news the change
     */
    default void prepares(PrepareNews news) {}

    /**
     * Handles a job whose result was found under a former name. Called before {@link #submitted}; does nothing by default.
     *
     * @param job the job's folder
     * @param former the folder of the job that has the result
     */
    default void foundByFormerName(JobFolder job, JobFolder former) {}

    /**
     * Handles a done job that was looked at, because a task has former names, and that is of no use under the names of
     * today; does nothing by default.
     *
     * @param former the job's folder
     * @param reason one sentence
     */
    default void lostByFormerName(JobFolder former, String reason) {}

    /**
     * Handles a new phase of a job.
     *
     * @param task the task
     * @param phase the phase
     */
    void changed(SubmittedTask task, Phase phase);

    /**
     * Handles a job that is not started, because so many have failed that the run starts no more. Called in place of
     * {@link #changed} by the scheduler's thread; does nothing by default.
     *
     * @param task the task
     * @param reason a part of a sentence, such as {@code because of --fail-fast: trial.step/0123 failed}
     */
    default void withheld(SubmittedTask task, String reason) {}

    /**
     * Handles a submitted job that the run does not run. Called when the plan has returned, in place of {@link
     * #submitted}; does nothing by default.
     *
     * @param task the task
     * @param reason a phrase, such as {@code left out by --only k1=0.9}
     */
    default void leftOut(SubmittedTask task, String reason) {}

    /**
     * Handles a new status, at its launcher, of a job that waits or runs. Called by any thread; does nothing by
     * default.
     *
     * @param task the task
     * @param state a few words, such as {@code PENDING (Priority)}; empty when the job no longer waits for anything
     */
    default void statusChanged(SubmittedTask task, String state) {}

    /**
     * Handles what a job waits for that is ready, but for tokens that other jobs have. Called by any thread, at most once
     * a minute for a job; does nothing by default.
     *
     * @param task the task
     * @param obstacle a few words, such as {@code token licence: 3 of 3 held by a/1}; empty when the job has its tokens
     */
    default void awaitsTokens(SubmittedTask task, String obstacle) {}

    /**
     * Handles a job that has failed, and waits to be tried again by its policy. Called after {@link #changed} by the
     * scheduler's thread; does nothing by default.
     *
     * @param task the task
     * @param decision the next attempt, its delay and its changes, and the failure, such as {@code attempt 2 of 4 in 60
     *     s, memory 8G → 16G; attempt 1 ran out of heap}
     */
    default void triedAgain(SubmittedTask task, String decision) {}

    /**
     * Handles the end of a job that is not done: it has failed for good, or goes on, but the run cannot see its end.
     * Called after {@link #changed} by the scheduler's thread; does nothing by default.
     *
     * @param task the task
     * @param end its state; the message of a failure says why it is not tried again, if a policy has refused that
     */
    default void failed(SubmittedTask task, JobResult end) {}

    /**
     * Handles the answer to a request to the run. Called by any thread; does nothing by default.
     *
     * @param request the request and its user
     * @param isAccepted whether the run performs it
     * @param answer the run's action, or the reason of the refusal
     */
    default void requested(String request, boolean isAccepted, String answer) {}

    /**
     * Handles the end of all jobs. Called once, before the plan makes its report, and only in a run that waits for its
     * jobs. Does nothing by default.
     *
     * @param report the report that the plan gets
     */
    default void reported(Report report) {}

    /**
     * Handles the end of the run: all jobs have ended, were submitted to batch systems, or are not run. The plan's
     * report was made, or has failed. Called once, unless {@link #stopped} is; does nothing by default.
     *
     * @param result the result of the run
     */
    default void ended(RunResult result) {}

    /**
     * Handles a run that is being stopped before its end, when no more jobs are started, and may end its jobs. Called
     * once before {@link #stopped}, whose account is made afterwards; does nothing by default.
     *
     * @param account the account of the jobs so far
     */
    default void stopping(RunAccount account) {}

    /**
     * Handles a run that was stopped before its end: by an exception of the plan, by a request, or with its process.
     * Called once, by any thread, in place of {@link #ended}, and only in a run that executes jobs. Does nothing by
     * default.
     *
     * @param account the account of the jobs
     */
    default void stopped(RunAccount account) {}
}
