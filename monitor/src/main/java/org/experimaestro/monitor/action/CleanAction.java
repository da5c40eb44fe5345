package org.experimaestro.monitor.action;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.experimaestro.LaunchException;
import org.experimaestro.WorkspaceException;
import org.experimaestro.base.file.Folders;
import org.experimaestro.monitor.index.WorkspaceIndex;
import org.experimaestro.monitor.storage.JobUses;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.workspace.ElsewhereLink;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.Trash;
import org.experimaestro.workspace.TrashChange;
import org.experimaestro.workspace.Workspace;

/**
 * An action that moves jobs, and runs, to the trash of their workspace. All that is moved at once is one entry there.
 * {@link CleanCheck} has the jobs that stay.
 */
public final class CleanAction implements JobAction {
    private final Workspace workspace;
    private final WorkspaceIndex index;
    private final String command;
    private final InstantSource clock;
    private final boolean runsHaveEnded;
    private final List<RunFolder> runs;
    private final Consumer<WorkspaceException> refusedRuns;
    private String entryName = "";

    /**
     * Creates an action that moves jobs.
     *
     * @param workspace the workspace
     * @param index its index
     * @param command what is cleaned, in words, for people who look at the trash
     * @param clock the clock that dates the entry
     */
    public CleanAction(Workspace workspace, WorkspaceIndex index, String command, InstantSource clock) {
        this(workspace, index, command, clock, false, List.of(), refused -> {});
    }

    /**
     * Creates an action that moves jobs, and then runs.
     *
     * @param workspace the workspace
     * @param index its index
     * @param command what is cleaned, in words, for people who look at the trash
     * @param clock the clock that dates the entry
     * @param runsHaveEnded whether runs whose processes cannot be seen from here count as ended
     * @param runs the runs
     * @param refusedRuns receives the reason for each run that stays
     */
    public CleanAction(
            Workspace workspace,
            WorkspaceIndex index,
            String command,
            InstantSource clock,
            boolean runsHaveEnded,
            List<RunFolder> runs,
            Consumer<WorkspaceException> refusedRuns) {
        this.workspace = workspace;
        this.index = index;
        this.command = command;
        this.clock = clock;
        this.runsHaveEnded = runsHaveEnded;
        this.runs = List.copyOf(runs);
        this.refusedRuns = refusedRuns;
    }

    /**
     * Plans to move jobs. A job that refers to its result under a former name is moved there: otherwise the next run
     * would find it.
     */
    @Override
    public ActionPlan plan(Collection<JobFolder> selected) {
        return plan(selected, false);
    }

    /**
     * Plans to move jobs that are selected because nobody else has them: those of an experiment, or orphans. A result
     * that runs have also under a name that is not selected stays, and the selected names lose their links to it.
     *
     * @param selected the jobs
     * @return the plan
     */
    public ActionPlan planOwn(Collection<JobFolder> selected) {
        return plan(selected, true);
    }

    private ActionPlan plan(Collection<JobFolder> selected, boolean areOwn) {
        JobUses uses = JobUses.of(index.view());
        Set<String> moved = new HashSet<>();
        selected.forEach(job -> moved.add(job.name()));
        Map<String, JobFolder> jobs = new LinkedHashMap<>();
        for (JobFolder job : selected) {
            JobFolder owner = job.findFormer().orElse(job);
            if (!areOwn || !isOfOthers(uses.namesOf(owner.name()), moved)) {
                jobs.putIfAbsent(owner.name(), owner);
            } else if (!owner.name().equals(job.name())) {
                jobs.putIfAbsent(job.name(), job);
            }
        }
        moved.addAll(jobs.keySet());
        CleanCheck check = new CleanCheck(index.view(), uses, moved, runsHaveEnded);
        List<ActionPlan.Step> steps = new ArrayList<>();
        for (JobFolder job : jobs.values()) {
            try {
                JobStatus status = job.status();
                check.require(job, status);
                steps.add(step(job, status, dependents(job, uses, moved)));
            } catch (LaunchException refused) {
                steps.add(new ActionPlan.Impossible(job, refused));
            }
        }
        return new ActionPlan(steps);
    }

    /** Returns whether runs have a result under a name that is not selected. */
    private boolean isOfOthers(Collection<String> names, Set<String> selected) {
        for (String name : names) {
            if (!selected.contains(name)
                    && index.view()
                            .find(name)
                            .filter(job -> !job.submissions().isEmpty())
                            .isPresent()) {
                return true;
            }
        }
        return false;
    }

    private static ActionPlan.Step step(JobFolder job, JobStatus status, Collection<String> dependents) {
        Optional<String> link = findLink(job);
        return new ActionPlan.Possible(
                job,
                status,
                link.map(target -> "loses only its link to " + target + ", which stays")
                        .orElse("is moved to the trash"),
                link.isPresent() ? 0 : Folders.size(job.path()),
                List.copyOf(dependents));
    }

    /**
     * Finds the place to which a link in the place of a job's folder leads. Cleaning removes such a link alone.
     *
     * @param job the job
     * @return the former name of the job, or its folder in another workspace; empty if its files are in its folder
     */
    public static Optional<String> findLink(JobFolder job) {
        return job.findFormer()
                .map(JobFolder::name)
                .or(() -> ElsewhereLink.find(job).map(Path::toString));
    }

    /** Returns the jobs that stay, and use the result under any of its names. */
    private Collection<String> dependents(JobFolder job, JobUses uses, Set<String> moved) {
        Set<String> users = new TreeSet<>();
        uses.namesOf(job.name()).forEach(name -> users.addAll(uses.usersOf(name)));
        users.removeIf(user -> moved.contains(user) || index.view().find(user).isEmpty());
        return users;
    }

    /**
     * Finds the reason why a job would not be moved.
     *
     * @param view all jobs and runs
     * @param uses which jobs use which
     * @param job the job
     * @return the reason, with advice; empty if the job can be moved now
     */
    public static Optional<LaunchException> findRefusal(JobsView view, JobUses uses, JobFolder job) {
        try {
            new CleanCheck(view, uses, List.of(job.name()), false).require(job, job.status());
            return Optional.empty();
        } catch (LaunchException refused) {
            return Optional.of(refused);
        }
    }

    /**
     * Moves the jobs of a plan, and then the runs. Before, this process gets the only right to change the trash, and
     * looks again for pins, for runs that have begun, and at each job.
     *
     * @throws WorkspaceException if another process changes the trash, or the workspace cannot be written; nothing was
     *     moved then
     */
    @Override
    public void perform(ActionPlan plan, Consumer<ActionResult> told) {
        try (TrashChange change = new Trash(workspace).change()) {
            index.refresh();
            CleanCheck check = new CleanCheck(
                    index.view(),
                    JobUses.of(index.view()),
                    plan.possible().stream().map(JobFolder::name).toList(),
                    runsHaveEnded);
            List<String> names = new ArrayList<>();
            plan.possible().forEach(job -> names.add(job.name()));
            runs.forEach(run -> names.add(run.qualifiedName()));
            Path entry = change.newEntry(clock.instant(), command, names);
            entryName = String.valueOf(entry.getFileName());
            for (ActionPlan.Step step : plan.steps()) {
                told.accept(
                        switch (step) {
                            case ActionPlan.Impossible(JobFolder job, LaunchException reason) ->
                                new ActionResult.Refused(job, reason);
                            case ActionPlan.Possible possible -> move(possible, check, change, entry);
                        });
            }
            for (RunFolder run : runs) {
                try {
                    change.move(run, entry, runsHaveEnded);
                } catch (WorkspaceException refused) {
                    refusedRuns.accept(refused);
                }
            }
        }
    }

    /**
     * Returns the entry of the trash that {@link #perform} has made.
     *
     * @return its name; empty before
     */
    public String entryName() {
        return entryName;
    }

    private static ActionResult move(ActionPlan.Possible step, CleanCheck check, TrashChange change, Path entry) {
        JobFolder job = step.job();
        try {
            check.require(job, job.status());
            change.move(job, step.status(), entry);
            return new ActionResult.Performed(job, job.status());
        } catch (LaunchException refused) {
            return new ActionResult.Refused(job, refused);
        } catch (WorkspaceException refused) {
            return ActionResult.Refused.of(job, refused);
        }
    }
}
