package org.experimaestro.monitor.action;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.experimaestro.WorkspaceException;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.Notes;

/** An action that adds the same note to jobs. */
public final class NoteAction implements JobAction {
    private final String text;
    private final InstantSource clock;

    /**
     * Creates the action.
     *
     * @param text the note
     * @param clock the clock that dates it
     */
    public NoteAction(String text, InstantSource clock) {
        this.text = text;
        this.clock = clock;
    }

    @Override
    public ActionPlan plan(Collection<JobFolder> jobs) {
        List<ActionPlan.Step> steps = new ArrayList<>();
        jobs.forEach(job -> steps.add(new ActionPlan.Possible(job, job.status(), "gets the note")));
        return new ActionPlan(steps);
    }

    @Override
    public void perform(ActionPlan plan, Consumer<ActionResult> told) {
        plan.possible().forEach(job -> told.accept(add(job)));
    }

    private ActionResult add(JobFolder job) {
        try {
            Notes.of(job).add(text, clock.instant());
            return new ActionResult.Performed(job, job.status());
        } catch (WorkspaceException failed) {
            return ActionResult.Refused.of(job, failed);
        }
    }
}
