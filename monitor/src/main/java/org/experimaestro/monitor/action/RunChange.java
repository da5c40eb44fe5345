package org.experimaestro.monitor.action;

import java.util.Optional;
import org.experimaestro.WorkspaceException;
import org.experimaestro.monitor.view.RunView;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.RunRequest;

/**
 * A change of a run that goes on: it pauses, it resumes, or it has another number of jobs at once. Like an action on jobs,
 * it is planned first; then the run's process is asked. Immutable.
 */
public final class RunChange {
    private final RunView run;
    private final String action;
    private final RunRequest request;
    private final String effect;
    private final Optional<String> obstacle;

    private RunChange(RunView run, String action, RunRequest request, String effect, Optional<String> obstacle) {
        this.run = run;
        this.action = action;
        this.request = request;
        this.effect = effect;
        this.obstacle = obstacle;
    }

    /**
     * Creates a pause.
     *
     * @param run the run
     * @return a change that is refused for a run that is paused
     */
    public static RunChange pause(RunView run) {
        return new RunChange(
                run,
                "pause",
                new RunRequest.Pause(),
                "no more jobs are started until it is resumed; jobs that run go on",
                run.pausedSince().map(since -> "it is paused already"));
    }

    /**
     * Creates the end of a pause.
     *
     * @param run the run
     * @return a change that is refused for a run that is not paused
     */
    public static RunChange resume(RunView run) {
        return new RunChange(
                run,
                "resume",
                new RunRequest.Resume(),
                "jobs are started again",
                run.pausedSince().isPresent() ? Optional.empty() : Optional.of("it is not paused"));
    }

    /**
     * Creates a change of the number of jobs that run at once on the machine of the run's process.
     *
     * @param run the run
     * @param jobs the new number, 1 or more
     * @return the change
     */
    public static RunChange jobsHere(RunView run, int jobs) {
        String before = run.jobsHere().isPresent() && run.jobsHere().getAsInt() != jobs
                ? " instead of " + run.jobsHere().getAsInt()
                : "";
        String host = run.process().map(ProcessIdentity::host).orElse("its machine");
        return new RunChange(
                run,
                "set --jobs of",
                new RunRequest.Jobs(jobs),
                "at most " + jobs + (jobs == 1 ? " job runs" : " jobs run") + " at once on " + host + before
                        + "; jobs that run go on",
                Optional.empty());
    }

    /**
     * Returns what the change would do. Nothing is changed.
     *
     * @return a sentence without a capital letter and a full stop
     * @throws WorkspaceException if the run cannot be asked, or nothing would change
     */
    public String plan() {
        RunInquiry.requireListener(run.folder(), action);
        if (obstacle.isPresent()) {
            throw WorkspaceException.of(
                            "Cannot " + action + " the run " + run.folder().qualifiedName() + ": " + obstacle.get())
                    .build();
        }
        return effect;
    }

    /**
     * Asks the run to change, and waits for its answer.
     *
     * @return what the run does from now on, as it says
     * @throws WorkspaceException if the run cannot be asked, does not answer within 10 seconds, or refuses
     * @throws InterruptedException if this thread is interrupted
     */
    public String perform() throws InterruptedException {
        return RunInquiry.ask(run.folder(), action, request);
    }
}
