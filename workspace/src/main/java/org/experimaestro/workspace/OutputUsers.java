package org.experimaestro.workspace;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.experimaestro.ConfigId;
import org.experimaestro.WorkspaceException;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.core.json.JsonObject;

/**
 * The other runs of a workspace that may need the outputs of a job which one run is about to remove. Confined to one thread
 * at a time.
 *
 * <p>A run records that it submits a job before it relies on the job's state, and a removal claims the job before it looks
 * here. So of a run that submits a job and a run that removes its outputs, at least one sees the other. The jobs of a run that is
 * over are asked themselves, because they may go on without it. In the same way, a run records that it needs a job no more before it looks whether others do: the last of several runs finds no other one.
 */
public final class OutputUsers {
    private final Workspace workspace;
    private final RunFolder own;
    private final Map<Path, Known> known = new HashMap<>();

    /** The part of a run's submissions that was read. */
    private static final class Known {
        private final RunFolder run;
        private final Set<String> jobs = new HashSet<>();
        private final Map<String, List<String>> users = new HashMap<>();
        private final Set<String> released = new HashSet<>();
        private long read;
        private long readReleased;
        private boolean isOver;

        Known(RunFolder run) {
            this.run = run;
        }

        /** The run submits nothing more, and needs nothing itself; jobs that it has started may go on. */
        void end() {
            isOver = true;
            jobs.clear();
            released.clear();
        }

        void refresh() {
            read = run.readJobs(read, (job, end) -> {
                jobs.add(job.name());
                job.dependencies()
                        .forEach(used -> users.computeIfAbsent(used, name -> new ArrayList<>())
                                .add(job.name()));
            });
            readReleased = run.readReleased(readReleased, released::add);
        }
    }

    /**
     * Creates the search of one run.
     *
     * @param workspace the workspace
     * @param own the run that is about to remove outputs
     */
    public OutputUsers(Workspace workspace, RunFolder own) {
        this.workspace = workspace;
        this.own = own;
    }

    /**
     * Finds a run that may need the outputs of a job.
     *
     * @param job the job
     * @return a phrase, such as {@code the run count/20260131-120000 has submitted it}; empty if no other run needs them
     */
    public Optional<String> find(JobFolder job) {
        if (FormerLink.isTarget(job)) {
            return Optional.of("it is the result of a job with a new name");
        }
        for (ExperimentFolder experiment : workspace.experiments()) {
            for (RunFolder run : experiment.runs()) {
                Optional<String> user = run.path().equals(own.path()) ? Optional.empty() : find(run, false, job);
                if (user.isPresent()) {
                    return user;
                }
            }
        }
        return findInTrash(job);
    }

    /** Looks at runs that were cleaned: a batch system may still have their jobs. */
    private Optional<String> findInTrash(JobFolder job) {
        for (Path entry : Workspace.sortedFolders(workspace.root().resolve(WorkspaceLayout.TRASH))) {
            for (Path folder : Workspace.sortedFolders(entry.resolve(WorkspaceLayout.EXPERIMENTS))) {
                for (RunFolder run :
                        new ExperimentFolder(folder, folder.getFileName().toString()).runs()) {
                    Optional<String> user = find(run, true, job);
                    if (user.isPresent()) {
                        return user;
                    }
                }
            }
        }
        return Optional.empty();
    }

    private Optional<String> find(RunFolder run, boolean isInTrash, JobFolder job) {
        Known submissions = known.computeIfAbsent(run.path(), each -> new Known(run));
        if (!submissions.isOver) {
            boolean isOver = isInTrash || isOver(run); // first: what is read afterwards is all that it has submitted
            try {
                submissions.refresh();
            } catch (WorkspaceException unreadable) {
                return Optional.of("the submissions of the run " + run.qualifiedName() + " cannot be read");
            }
            if (isOver) {
                submissions.end();
            }
        }
        return find(submissions, job.name());
    }

    private Optional<String> find(Known run, String job) {
        String name = run.run.qualifiedName();
        if (!run.isOver && run.released.contains(job)) {
            return Optional.empty();
        }
        if (!run.isOver && run.jobs.contains(job)) {
            return Optional.of("the run " + name + " has submitted it");
        }
        for (String user : run.users.getOrDefault(job, List.of())) {
            JobStatus status = workspace
                    .job(user.substring(0, user.indexOf('/')), ConfigId.parse(user.substring(user.indexOf('/') + 1)))
                    .status();
            // The jobs of a run that was stopped, killed or detached go on without it.
            boolean isUnfinished =
                    run.isOver ? status.isActive() : status.findDone().isEmpty();
            if (isUnfinished) {
                return Optional.of(user + " of the run " + name + " uses it");
            }
        }
        return Optional.empty();
    }

    private static boolean isOver(RunFolder run) {
        try {
            Optional<JsonObject> description = run.description();
            if (description.isEmpty()) {
                return false; // it has just begun, or could not write its description
            }
            return switch (RunState.of(description.get())) {
                case RUNNING, UNKNOWN -> false;
                case DIED, ENDED -> true;
            };
        } catch (WorkspaceException | JsonException | IllegalArgumentException damaged) {
            return false;
        }
    }
}
