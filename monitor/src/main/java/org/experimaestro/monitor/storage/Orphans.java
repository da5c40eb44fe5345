package org.experimaestro.monitor.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.experimaestro.WorkspaceException;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.monitor.view.RunSubmission;
import org.experimaestro.monitor.view.RunView;
import org.experimaestro.workspace.Failures;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.RunState;
import org.experimaestro.workspace.StoredClassPath;
import org.experimaestro.workspace.Trash;
import org.experimaestro.workspace.TrashEntry;
import org.experimaestro.workspace.Workspace;
import org.experimaestro.workspace.WorkspaceLayout;

/**
 * The parts of a workspace that nothing refers to. Immutable.
 *
 * @param jobs jobs that no run has submitted, that no action of a run needs, and from which no job of a run was made,
 *     sorted by name
 * @param stray active jobs that only former runs have submitted: neither a run that goes on nor the last run of an
 *     experiment has them
 * @param code copies of code that no job, no run, no action and no service uses
 * @param batches folders of logs of batch systems that no job names
 * @param problems sentences about jobs whose files cannot be read, so that less is known to be used
 */
public record Orphans(
        List<JobView> jobs, List<JobView> stray, List<Path> code, List<Path> batches, List<String> problems) {

    /** Copies the lists. */
    public Orphans {
        jobs = List.copyOf(jobs);
        stray = List.copyOf(stray);
        code = List.copyOf(code);
        batches = List.copyOf(batches);
        problems = List.copyOf(problems);
    }

    /**
     * Requires that all runs of a workspace can be read. Otherwise a job may seem to belong to no run, or to one experiment
     * alone.
     *
     * @param view the jobs and runs
     * @param action the action that needs to know, as in {@code Cannot clean orphans}
     * @throws WorkspaceException if some cannot be read; the message has the problems
     */
    public static void requireAllKnown(JobsView view, String action) {
        List<String> problems = new ArrayList<>(view.problems());
        problems.addAll(SideUses.of(view).problems());
        if (!problems.isEmpty()) {
            throw WorkspaceException.of(
                            "Cannot " + action + ", because not all runs can be read: " + String.join("; ", problems))
                    .advice("clean jobs by their identifiers, or let these files be read")
                    .build();
        }
    }

    /**
     * Finds the jobs that no run refers to. A job whose result under a former name is referred to is none, nor is one that
     * an action needs.
     *
     * @param view the jobs and runs
     * @param uses which jobs use which
     * @return the jobs that are not active, sorted by name
     */
    public static List<JobView> jobs(JobsView view, JobUses uses) {
        return jobs(view, uses, SideUses.of(view));
    }

    private static List<JobView> jobs(JobsView view, JobUses uses, SideUses sides) {
        Set<String> submitted = new HashSet<>(sides.jobs());
        for (RunView run : view.runs()) {
            run.submissions().forEach(submission -> submitted.add(submission.job()));
        }
        Set<String> referred = uses.withUsed(submitted);
        return view.jobs().stream()
                .filter(job -> !referred.contains(job.name())
                        && !job.status().isActive()
                        && job.folder()
                                .findFormer()
                                .filter(former -> referred.contains(former.name()))
                                .isEmpty())
                .toList();
    }

    /**
     * Finds all that nothing refers to.
     *
     * @param workspace the workspace
     * @param view its jobs and runs
     * @param uses which jobs use which
     * @return these parts
     */
    public static Orphans find(Workspace workspace, JobsView view, JobUses uses) {
        List<String> problems = new ArrayList<>(view.problems());
        SideUses sides = SideUses.of(view);
        problems.addAll(sides.problems());
        List<JobFolder> folders = new ArrayList<>();
        view.jobs().forEach(job -> folders.add(job.folder()));
        for (TrashEntry entry : new Trash(workspace).entries()) {
            for (TrashEntry.Item item : entry.items()) {
                if (item.kind() == TrashEntry.Kind.JOB) {
                    folders.add(JobFolder.at(item.path()));
                }
            }
        }
        return new Orphans(
                jobs(view, uses, sides),
                stray(view),
                code(workspace, view, sides, folders, problems),
                batches(workspace, folders, problems),
                problems);
    }

    /**
     * Finds the active jobs that only former runs have submitted.
     *
     * @param view the jobs and runs
     * @return the jobs that neither a run that goes on nor the last run of an experiment has, sorted by name
     */
    public static List<JobView> stray(JobsView view) {
        Map<String, RunView> last = new HashMap<>();
        Set<String> wanted = new HashSet<>();
        for (RunView run : view.runs()) {
            last.put(run.folder().experiment(), run);
            if (run.state() == RunState.RUNNING) {
                run.submissions().stream().map(RunSubmission::job).forEach(wanted::add);
            }
        }
        last.values()
                .forEach(run ->
                        run.submissions().stream().map(RunSubmission::job).forEach(wanted::add));
        return view.jobs().stream()
                .filter(job -> job.status().isActive() && !wanted.contains(job.name()))
                .toList();
    }

    private static List<Path> code(
            Workspace workspace, JobsView view, SideUses sides, List<JobFolder> folders, List<String> problems) {
        Set<String> used = new HashSet<>(sides.code());
        for (RunView run : view.runs()) {
            if (run.description().get(RunFolder.CLASS_PATH) instanceof List<?> names) {
                names.forEach(name -> used.add(String.valueOf(name)));
            }
        }
        boolean isAllKnown = sides.problems().isEmpty();
        for (JobFolder job : folders) {
            try {
                StoredClassPath.of(job)
                        .forEach(jar -> used.add(jar.getFileName().toString()));
            } catch (WorkspaceException unreadable) {
                // A job that was claimed, and not prepared yet, has no such file; its code is that of a run.
                if (Files.exists(job.classPathFile())) {
                    isAllKnown = false;
                    problems.add(String.valueOf(unreadable.getMessage()));
                }
            }
        }
        try {
            return isAllKnown
                    ? workspace.classPaths().copies().stream()
                            .filter(copy -> !used.contains(copy.getFileName().toString()))
                            .sorted()
                            .toList()
                    : List.of();
        } catch (IOException failed) {
            problems.add("Cannot list the code of the workspace " + workspace + ": " + Failures.reason(failed));
            return List.of();
        }
    }

    private static List<Path> batches(Workspace workspace, List<JobFolder> folders, List<String> problems) {
        Path all = WorkspaceLayout.batches(workspace.root());
        List<String> names = Workspace.listNames(all);
        if (names.isEmpty()) {
            return List.of();
        }
        Set<Path> used = new HashSet<>();
        for (JobFolder job : folders) {
            try {
                for (int attempt : job.attemptFiles().toRun()) {
                    job.attempt(attempt)
                            .batchJob()
                            .flatMap(batchJob -> Workspace.findBatchLog(workspace.root(), batchJob.log()))
                            .ifPresent(log -> used.add(log.getParent()));
                }
            } catch (IOException | JsonException | IllegalArgumentException unreadable) {
                problems.add("Cannot read the batch jobs of " + job.name() + ": " + unreadable.getMessage());
                return List.of();
            }
        }
        return names.stream()
                .map(all::resolve)
                .filter(batch -> !used.contains(batch))
                .toList();
    }
}
