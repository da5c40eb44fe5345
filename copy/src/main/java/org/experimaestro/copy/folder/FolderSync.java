package org.experimaestro.copy.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.experimaestro.WorkspaceException;
import org.experimaestro.copy.CopyCheck;
import org.experimaestro.copy.CopyPart;
import org.experimaestro.copy.CopySelection;
import org.experimaestro.copy.CopyStep;
import org.experimaestro.copy.LocalSource;
import org.experimaestro.copy.LocalTarget;
import org.experimaestro.copy.WorkspaceCopy;
import org.experimaestro.monitor.action.ActionPlan;
import org.experimaestro.monitor.action.ActionResult;
import org.experimaestro.monitor.action.CleanAction;
import org.experimaestro.monitor.index.WorkspaceIndex;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.spi.UnreachableException;
import org.experimaestro.workspace.ElsewhereLink;
import org.experimaestro.workspace.Failures;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.Trash;
import org.experimaestro.workspace.TrashChange;
import org.experimaestro.workspace.Workspace;
import org.experimaestro.workspace.WorkspaceLayout;

/**
 * The backups and moves of a workspace's done jobs by its rules. Each can be repeated at any time: what is there is left
 * alone. Confined to one thread.
 */
public final class FolderSync {
    private final Workspace workspace;
    private final WorkspaceIndex index;
    private final InstantSource clock;
    private final Listener listener;

    /** A listener of what is done. */
    public interface Listener {
        /**
         * Called for each job and each jar of its code.
         *
         * @param rule the rule
         * @param step what was copied, or is to be copied
         */
        void copied(FolderRule rule, CopyStep step);

        /**
         * Called when a link has taken the place of a job's folder.
         *
         * @param rule the rule
         * @param job the job
         */
        void moved(FolderRule rule, JobFolder job);

        /**
         * Called if a rule cannot be followed, or not for a job. Nothing is lost then, and the next time goes on.
         *
         * @param text the reason
         */
        void warning(String text);
    }

    /**
     * Creates the work.
     *
     * @param workspace the workspace
     * @param index its index
     * @param clock the clock that dates the entry of the trash in which a job is while it is moved
     * @param listener is told of what is done
     */
    public FolderSync(Workspace workspace, WorkspaceIndex index, InstantSource clock, Listener listener) {
        this.workspace = workspace;
        this.index = index;
        this.clock = clock;
        this.listener = listener;
    }

    /**
     * Follows a rule.
     *
     * @param rule a backup or a move; nothing is done for another one
     * @param isWanted chooses among the jobs that the rule's filter selects
     * @param isDry whether the listener is told only what would be copied, and nothing is changed
     * @throws InterruptedException if this thread is interrupted
     */
    public void follow(FolderRule rule, Predicate<JobView> isWanted, boolean isDry) throws InterruptedException {
        boolean isMove = rule.kind() == FolderRule.Kind.MOVE;
        if (!isMove && rule.kind() != FolderRule.Kind.BACKUP) {
            return;
        }
        if (!Files.isDirectory(rule.folder())) {
            listener.warning("Cannot " + (isMove ? "move jobs" : "back up") + " to " + rule.folder()
                    + ": there is no such folder; make it, or mount its disk");
            return;
        }
        try {
            if (Files.isSameFile(rule.folder(), workspace.root())) {
                listener.warning("Cannot " + (isMove ? "move jobs" : "back up") + " to " + rule.folder()
                        + ": it is the folder of this workspace itself; change the rule");
                return;
            }
        } catch (IOException unreadable) {
            listener.warning("Cannot look at " + rule.folder() + ": " + Failures.reason(unreadable));
            return;
        }
        var _ = index.refresh();
        List<JobFolder> jobs = new ArrayList<>();
        for (JobView job : index.view().jobs(rule.where())) {
            boolean isHere = !Files.isSymbolicLink(job.folder().path());
            if (job.status() instanceof JobStatus.Done && (isHere || !isMove) && isWanted.test(job)) {
                jobs.add(job.folder());
            }
        }
        try {
            List<JobFolder> verified = jobs.isEmpty() ? jobs : copy(rule, jobs, isDry);
            if (isMove && !isDry) {
                replace(rule, verified);
            }
        } catch (WorkspaceException | UnreachableException failed) {
            listener.warning(String.valueOf(failed.getMessage()));
        }
    }

    /** Copies jobs, and returns those that the other workspace has with the same content. */
    private List<JobFolder> copy(FolderRule rule, List<JobFolder> jobs, boolean isDry)
            throws UnreachableException, InterruptedException {
        Collection<String> verified = new TreeSet<>();
        List<String> names = jobs.stream().map(JobFolder::name).toList();
        try (LocalSource source = new LocalSource(workspace);
                LocalTarget target = new LocalTarget(rule.folder(), workspace.root())) {
            CopySelection selection = CopySelection.of(workspace, index.view(), names, List.of(), List.of(), false);
            WorkspaceCopy copy = new WorkspaceCopy(source, target);
            List<CopyStep> plan = copy.plan(selection);
            if (isDry) {
                plan.forEach(step -> listener.copied(rule, step));
                return List.of();
            }
            copy.perform(plan, step -> {
                listener.copied(rule, step);
                if (step.part().kind() == CopyPart.Kind.JOB && !(step instanceof CopyStep.Refused)) {
                    verified.add(step.part().name());
                }
            });
        }
        return jobs.stream().filter(job -> verified.contains(job.name())).toList();
    }

    /**
     * Puts links in the place of jobs. Each goes through the trash, as if it were cleaned, by which nothing is taken that
     * is active, in use or pinned. Then its folder is deleted there.
     */
    private void replace(FolderRule rule, List<JobFolder> verified) {
        List<JobFolder> jobs = new ArrayList<>();
        for (JobFolder job : verified) {
            JobFolder there = there(rule, job);
            CopyCheck.findShared(job.path(), there.path())
                    .or(() -> CopyCheck.findOtherNote(job, there))
                    .ifPresentOrElse(
                            reason -> listener.warning("Cannot move " + job + " to " + rule.folder() + ": " + reason),
                            () -> jobs.add(job));
        }
        if (jobs.isEmpty()) {
            return;
        }
        CleanAction action = new CleanAction(workspace, index, "move to " + rule.folder(), clock);
        ActionPlan plan = action.plan(jobs);
        List<String> staying = new ArrayList<>();
        for (ActionPlan.Step step : plan.steps()) {
            if (step instanceof ActionPlan.Impossible(JobFolder job, var reason)) {
                staying.add(job + ": " + reason.getMessage());
            }
        }
        if (!staying.isEmpty()) {
            // Often all for one reason, such as a run that goes on.
            listener.warning("Cannot move " + staying.getFirst()
                    + (staying.size() == 1 ? "" : "; and " + (staying.size() - 1) + " other jobs"));
        }
        if (plan.possible().isEmpty()) {
            return;
        }
        boolean[] isComplete = {true};
        action.perform(plan, result -> {
            if (result instanceof ActionResult.Performed(JobFolder job, var _)) {
                isComplete[0] &= link(rule, job, action.entryName());
            } else if (result instanceof ActionResult.Refused(JobFolder job, var reason)
                    && plan.possible().contains(job)) {
                listener.warning("Cannot move " + job + " to " + rule.folder() + ": " + reason.getMessage());
            }
        });
        Trash trash = new Trash(workspace);
        if (isComplete[0]
                && trash.entries().stream().anyMatch(entry -> entry.name().equals(action.entryName()))) {
            try (TrashChange change = trash.change()) {
                change.delete(trash.entry(action.entryName()));
            }
        }
    }

    private static JobFolder there(FolderRule rule, JobFolder job) {
        return JobFolder.at(WorkspaceLayout.jobs(rule.folder()).resolve(job.name()));
    }

    private boolean link(FolderRule rule, JobFolder job, String entry) {
        JobFolder there = there(rule, job);
        String reason = "a run has begun it meanwhile";
        try {
            // A folder that two mounts show does not always look like the same one, but has left both places now.
            if (!there.isMarkedAsDone()) {
                reason = "it is not done there any longer";
            } else if (ElsewhereLink.create(job, there)) {
                listener.moved(rule, job);
                return true;
            }
        } catch (IOException failed) {
            reason = Failures.reason(failed);
        }
        listener.warning("Cannot put a link to " + there.path() + " in the place of " + job.path() + ": " + reason
                + "; the job is in the entry " + entry + " of the trash");
        return false;
    }
}
