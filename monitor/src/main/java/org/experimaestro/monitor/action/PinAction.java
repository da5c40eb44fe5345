package org.experimaestro.monitor.action;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.experimaestro.LaunchException;
import org.experimaestro.WorkspaceException;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.Pin;
import org.jspecify.annotations.Nullable;

/** An action that pins jobs, or removes their pins. */
public final class PinAction implements JobAction {
    private final @Nullable String reason;
    private final InstantSource clock;

    private PinAction(@Nullable String reason, InstantSource clock) {
        this.reason = reason;
        this.clock = clock;
    }

    /**
     * Creates an action that pins jobs.
     *
     * @param reason why they must not be cleaned; may be empty
     * @param clock the clock that dates the pins
     * @return the action
     */
    public static PinAction pin(String reason, InstantSource clock) {
        return new PinAction(reason, clock);
    }

    /**
     * Creates an action that removes pins.
     *
     * @return the action
     */
    public static PinAction unpin() {
        return new PinAction(null, InstantSource.system());
    }

    @Override
    public ActionPlan plan(Collection<JobFolder> jobs) {
        List<ActionPlan.Step> steps = new ArrayList<>();
        for (JobFolder job : jobs) {
            steps.add(reason == null ? unpinStep(job) : pinStep(job));
        }
        return new ActionPlan(steps);
    }

    private static ActionPlan.Step pinStep(JobFolder job) {
        return new ActionPlan.Possible(
                job,
                job.status(),
                job.pin().find().isPresent() ? "is pinned already, and gets this reason" : "is cleaned by no command");
    }

    private static ActionPlan.Step unpinStep(JobFolder job) {
        Optional<Pin> pin = job.pin().find();
        return pin.isPresent()
                ? new ActionPlan.Possible(job, job.status(), "can be cleaned again")
                : new ActionPlan.Impossible(
                        job,
                        LaunchException.of("Cannot unpin " + job.name() + ": it is not pinned")
                                .build());
    }

    @Override
    public void perform(ActionPlan plan, Consumer<ActionResult> told) {
        for (ActionPlan.Step step : plan.steps()) {
            told.accept(
                    step instanceof ActionPlan.Impossible impossible
                            ? new ActionResult.Refused(step.job(), impossible.reason())
                            : change(step.job()));
        }
    }

    private ActionResult change(JobFolder job) {
        try {
            if (reason == null) {
                job.pin().remove();
            } else {
                job.pin().write(reason, clock.instant());
            }
            return new ActionResult.Performed(job, job.status());
        } catch (WorkspaceException failed) {
            return ActionResult.Refused.of(job, failed);
        }
    }
}
