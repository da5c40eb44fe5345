package org.experimaestro.workspace;

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
 * here. So of a run that submits a job and a run that removes its outputs, at least one sees the other. In the same way, a run
 * records that it needs a job no more before it looks whether others do: the last of several runs finds no other one.
 */
public final class OutputUsers {
    private static final String SUBMITTED = "SUBMITTED";

    private final Workspace workspace;
    private final RunFolder own;
    /** The runs that have ended, and left no batch jobs. */
    private final Set<String> ended = new HashSet<>();

    private final Map<String, Known> known = new HashMap<>();

    /** The part of a run's submissions that was read. */
    private static final class Known {
        private final RunFolder run;
        private final Set<String> jobs = new HashSet<>();
        private final Map<String, List<String>> users = new HashMap<>();
        private final Set<String> released = new HashSet<>();
        private long read;
        private long readReleased;

        Known(RunFolder run) {
            this.run = run;
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

    /** The ways in which a run may need outputs. */
    private enum Need {
        NONE,
        /** The run goes on. */
        LIVE,
        /** The run was detached: batch systems have its jobs. */
        DETACHED
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
        for (ExperimentFolder experiment : workspace.experiments()) {
            for (RunFolder run : experiment.runs()) {
                Optional<String> user = run.path().equals(own.path()) ? Optional.empty() : find(run, job);
                if (user.isPresent()) {
                    return user;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<String> find(RunFolder run, JobFolder job) {
        String name = run.qualifiedName();
        if (ended.contains(name)) {
            return Optional.empty();
        }
        Need need = need(run);
        if (need == Need.NONE) {
            ended.add(name);
            known.remove(name);
            return Optional.empty();
        }
        Known submissions = known.computeIfAbsent(name, each -> new Known(run));
        try {
            submissions.refresh();
        } catch (WorkspaceException unreadable) {
            return Optional.of("the submissions of the run " + name + " cannot be read");
        }
        return find(submissions, need, job.name());
    }

    private Optional<String> find(Known run, Need need, String job) {
        String name = run.run.qualifiedName();
        if (need == Need.LIVE && run.released.contains(job)) {
            return Optional.empty();
        }
        if (need == Need.LIVE && run.jobs.contains(job)) {
            return Optional.of("the run " + name + " has submitted it");
        }
        for (String user : run.users.getOrDefault(job, List.of())) {
            JobStatus status = workspace
                    .job(user.substring(0, user.indexOf('/')), ConfigId.parse(user.substring(user.indexOf('/') + 1)))
                    .status();
            boolean isUnfinished = need == Need.LIVE ? status.findDone().isEmpty() : status.isActive();
            if (isUnfinished) {
                return Optional.of(user + " of the run " + name + " uses it");
            }
        }
        return Optional.empty();
    }

    private static Need need(RunFolder run) {
        try {
            Optional<JsonObject> description = run.description();
            if (description.isEmpty()) {
                return Need.LIVE; // it has just begun, or could not write its description
            }
            return switch (RunState.of(description.get())) {
                case RUNNING, UNKNOWN -> Need.LIVE;
                case DIED -> Need.NONE;
                case ENDED ->
                    description
                                    .get()
                                    .optionalString("outcome")
                                    .filter(SUBMITTED::equals)
                                    .isPresent()
                            ? Need.DETACHED
                            : Need.NONE;
            };
        } catch (WorkspaceException | JsonException | IllegalArgumentException damaged) {
            return Need.LIVE;
        }
    }
}
