package org.experimaestro.monitor.action;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.experimaestro.LaunchException;
import org.experimaestro.WorkspaceException;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.monitor.view.RunCommand;
import org.experimaestro.monitor.view.RunView;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.RunRequest;
import org.experimaestro.workspace.Workspace;
import org.jspecify.annotations.Nullable;

/**
 * An action that has failed jobs tried again, by requests to the runs that go on and have submitted them. A job without
 * such a run is refused; {@link #findCommand} has the command that runs it again.
 */
public final class RetryAction implements JobAction {
    private final Workspace workspace;
    private final JobsView view;
    private final JobRuns runs;

    /**
     * Creates the action.
     *
     * @param workspace the workspace
     * @param view its jobs and runs
     */
    public RetryAction(Workspace workspace, JobsView view) {
        this.workspace = workspace;
        this.view = view;
        this.runs = new JobRuns(view);
    }

    @Override
    public ActionPlan plan(Collection<JobFolder> jobs) {
        List<ActionPlan.Step> steps = new ArrayList<>();
        for (JobFolder job : jobs) {
            steps.add(step(job));
        }
        return new ActionPlan(steps);
    }

    private ActionPlan.Step step(JobFolder job) {
        if (!(job.status() instanceof JobStatus.Failed)) {
            return impossible(job, "it has not failed", null);
        }
        if (view.find(job.name()).filter(JobView::isTriedAgain).isPresent()) {
            return impossible(job, "a run that goes on tries it again already", "wait for its turn");
        }
        RunView run = runs.last(job);
        if (run == null) {
            return impossible(job, "no run has submitted it", "run an experiment that submits it");
        }
        if (runs.isLive(run)) {
            return new ActionPlan.Possible(
                    job,
                    job.status(),
                    "is tried again by the run " + run.folder().qualifiedName());
        }
        return impossible(
                job,
                "no run that has it goes on",
                RunCommand.find(workspace, run)
                        .map(command -> "the next run runs it again: " + command)
                        .orElse("start the plan of the run " + run.folder().qualifiedName() + " again"));
    }

    private static ActionPlan.Impossible impossible(JobFolder job, String reason, @Nullable String advice) {
        return new ActionPlan.Impossible(
                job,
                LaunchException.of("Cannot try " + job.name() + " again: " + reason)
                        .advice(advice)
                        .build());
    }

    /**
     * Finds the command that runs a failed job again, which no run that goes on has.
     *
     * @param job the job
     * @return the command for a shell; empty if a run goes on that has the job, or no run with a YAML file has
     *     submitted it
     */
    public Optional<String> findCommand(JobFolder job) {
        return Optional.ofNullable(runs.last(job))
                .filter(run -> !runs.isLive(run))
                .flatMap(run -> RunCommand.find(workspace, run));
    }

    /**
     * Sends all requests before it waits for the first answer: a run answers many of them at once. The results are passed
     * on in the order of the plan.
     */
    @Override
    public void perform(ActionPlan plan, Consumer<ActionResult> told) throws InterruptedException {
        List<RunInquiry> sent = new ArrayList<>();
        try {
            List<Pending> pending = new ArrayList<>();
            for (ActionPlan.Step step : plan.steps()) {
                pending.add(
                        step instanceof ActionPlan.Impossible impossible
                                ? () -> new ActionResult.Refused(step.job(), impossible.reason())
                                : send(step.job(), sent));
            }
            for (Pending each : pending) {
                told.accept(each.await());
            }
        } finally {
            sent.forEach(RunInquiry::close);
        }
    }

    /** A job whose request was sent. */
    private interface Pending {
        ActionResult await() throws InterruptedException;
    }

    private Pending send(JobFolder job, List<RunInquiry> sent) {
        RunView run = runs.last(job);
        if (run == null) {
            throw new IllegalArgumentException(job.name() + " is in no plan of this action");
        }
        try {
            RunInquiry inquiry =
                    RunInquiry.send(run.folder(), "try " + job.name() + " again in", new RunRequest.Retry(job.name()));
            sent.add(inquiry);
            return () -> await(job, inquiry);
        } catch (WorkspaceException refused) {
            return () -> ActionResult.Refused.of(job, refused);
        }
    }

    private static ActionResult await(JobFolder job, RunInquiry inquiry) throws InterruptedException {
        try {
            inquiry.await();
            return new ActionResult.Performed(job, job.status());
        } catch (WorkspaceException refused) {
            return ActionResult.Refused.of(job, refused);
        }
    }
}
