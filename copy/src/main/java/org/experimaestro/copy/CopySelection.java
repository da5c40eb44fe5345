package org.experimaestro.copy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.experimaestro.WorkspaceException;
import org.experimaestro.monitor.storage.JobUses;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.monitor.view.RunView;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.RunCode;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.RunState;
import org.experimaestro.workspace.StoredClassPath;
import org.experimaestro.workspace.Workspace;
import org.experimaestro.workspace.WorkspaceLayout;

/**
 * The parts of a workspace that are to be copied, and those that cannot be. Immutable.
 *
 * @param parts the parts in the order of copying: a job comes after those from which it was made, and a run after its jobs
 * @param refused the parts that cannot be copied, with the reason
 * @param jobs the jobs among the parts, as they were selected
 * @param problems a warning for each job that a selected one needs and that is gone
 */
public record CopySelection(
        List<CopyPart> parts, List<CopyStep.Refused> refused, List<JobView> jobs, List<String> problems) {
    /** Copies the lists. */
    public CopySelection {
        parts = List.copyOf(parts);
        refused = List.copyOf(refused);
        jobs = List.copyOf(jobs);
        problems = List.copyOf(problems);
    }

    /**
     * Selects jobs and runs.
     *
     * @param workspace the workspace
     * @param view its jobs and runs
     * @param jobs the names of jobs; those that were never started have nothing to be copied
     * @param runs runs, whose jobs are not selected by them
     * @param results the experiments whose results are selected
     * @param withNeeded whether the jobs are selected, too, from which the jobs were made
     * @return the parts
     */
    public static CopySelection of(
            Workspace workspace,
            JobsView view,
            Collection<String> jobs,
            Collection<RunView> runs,
            Collection<String> results,
            boolean withNeeded) {
        JobUses uses = JobUses.of(view);
        Set<String> names = new LinkedHashSet<>();
        for (String job : new TreeSet<>(jobs)) {
            addInOrder(job, uses, withNeeded, names);
        }
        List<JobView> selected = new ArrayList<>();
        List<CopyStep.Refused> refused = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (String name : names) {
            Optional<JobView> job = view.find(name);
            if (job.isEmpty()) {
                problems.add("Cannot copy " + name + ", which a selected job needs: it is gone");
                continue;
            }
            if (job.get().status() instanceof JobStatus.New) {
                continue;
            }
            Optional<WorkspaceException> reason = refusal(job.get());
            if (reason.isPresent()) {
                refused.add(new CopyStep.Refused(CopyPart.of(job.get().folder()), reason.get()));
            } else {
                selected.add(job.get());
            }
        }
        Set<CopyPart> parts = new LinkedHashSet<>(code(workspace, selected, runs));
        selected.forEach(job -> parts.add(CopyPart.of(job.folder())));
        // Nothing goes on in a bundle.
        boolean isBundle = workspace.findBundle().isPresent();
        for (RunView run : runs) {
            CopyPart part = CopyPart.of(run.folder());
            if (run.state() == RunState.RUNNING) {
                refused.add(new CopyStep.Refused(part, refused(part, "it goes on", "wait for its end")));
            } else if (run.state() == RunState.UNKNOWN && !isBundle) {
                refused.add(new CopyStep.Refused(
                        part,
                        refused(
                                part,
                                "it has recorded no end, and its process cannot be seen from this machine,"
                                        + " so it may go on",
                                "wait for its end; if it was killed, give the command on the host of the run")));
            } else {
                parts.add(part);
            }
        }
        for (String experiment : new TreeSet<>(results)) {
            FileParts.below(workspace.root(), workspace.experiment(experiment).results())
                    .forEach(parts::add);
        }
        return new CopySelection(List.copyOf(parts), refused, selected, problems);
    }

    /** Adds a job after those from whose results it was made. Uses a stack, because chains of jobs may be long. */
    private static void addInOrder(String job, JobUses uses, boolean withNeeded, Set<String> names) {
        if (!withNeeded) {
            names.add(job);
            return;
        }
        List<String> open = new ArrayList<>(List.of(job));
        Set<String> entered = new LinkedHashSet<>();
        while (!open.isEmpty()) {
            String top = open.getLast();
            if (names.contains(top)) {
                open.removeLast();
            } else if (entered.add(top)) {
                uses.usedBy(top).stream()
                        .filter(used -> !entered.contains(used))
                        .forEach(open::add);
            } else {
                names.add(open.removeLast());
            }
        }
    }

    private static Optional<WorkspaceException> refusal(JobView job) {
        CopyPart part = CopyPart.of(job.folder());
        if (job.status().isActive()) {
            return Optional.of(refused(
                    part,
                    "it is " + job.status().state().name().toLowerCase(Locale.ROOT),
                    "wait for its end, and give the same command again"));
        }
        if (job.status() instanceof JobStatus.Corrupt corrupt) {
            return Optional.of(refused(
                    part,
                    "its state cannot be read, and it may run: " + corrupt.message(),
                    "if it does not run, delete that file first"));
        }
        return Optional.empty();
    }

    static WorkspaceException refused(CopyPart part, String reason, String advice) {
        return WorkspaceException.of("Cannot copy " + part.name() + ": " + reason)
                .advice(advice)
                .build();
    }

    /** Returns the code of jobs and runs. What is missing or cannot be read is left out: no result depends on it. */
    private static Collection<CopyPart> code(Workspace workspace, List<JobView> jobs, Collection<RunView> runs) {
        Set<String> names = new TreeSet<>();
        for (JobView job : jobs) {
            try {
                StoredClassPath.of(job.folder())
                        .forEach(jar -> names.add(jar.getFileName().toString()));
            } catch (WorkspaceException unreadable) {
                // The listing of jobs reports it.
            }
        }
        for (RunView run : runs) {
            if (run.description().get(RunFolder.CLASS_PATH) instanceof List<?> jars) {
                jars.forEach(jar -> names.add(String.valueOf(jar)));
            }
        }
        Set<String> origins = new TreeSet<>();
        runs.forEach(run -> origins.addAll(RunCode.files(run.description())));
        Map<String, CopyPart> parts = new LinkedHashMap<>();
        addFiles(workspace, WorkspaceLayout.classPath(workspace.root()), names, parts);
        addFiles(workspace, WorkspaceLayout.provenance(workspace.root()), origins, parts);
        return parts.values();
    }

    private static void addFiles(Workspace workspace, Path folder, Set<String> names, Map<String, CopyPart> parts) {
        for (String name : Workspace.listNames(folder)) {
            if (names.contains(name)) {
                String path = FileParts.path(workspace.root(), folder.resolve(name));
                parts.put(path, new CopyPart(CopyPart.Kind.CODE, path, name));
            }
        }
    }
}
