package org.experimaestro.monitor.detail;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.experimaestro.WorkspaceException;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.monitor.explain.DoneJobs;
import org.experimaestro.monitor.explain.Explanation;
import org.experimaestro.monitor.explain.NearestJob;
import org.experimaestro.monitor.forecast.Forecast;
import org.experimaestro.monitor.forecast.Forecasts;
import org.experimaestro.monitor.log.JobLog;
import org.experimaestro.monitor.reason.Reason;
import org.experimaestro.monitor.reason.Reasons;
import org.experimaestro.monitor.storage.JobUses;
import org.experimaestro.monitor.view.ConfigurationTree;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.workspace.AccountedUse;
import org.experimaestro.workspace.Announcement;
import org.experimaestro.workspace.Attempt;
import org.experimaestro.workspace.AttemptOrigin;
import org.experimaestro.workspace.BatchJobReference;
import org.experimaestro.workspace.JobDumps;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.Trash;
import org.experimaestro.workspace.TrashEntry;
import org.experimaestro.workspace.Workspace;
import org.experimaestro.workspace.shared.SharedFolders;
import org.experimaestro.workspace.token.TokenFolder;
import org.experimaestro.workspace.token.TokenState;
import org.jspecify.annotations.Nullable;

/**
 * The details of one job. Immutable.
 *
 * @param job the job
 * @param now the time of the view
 * @param reason the reason why it waits or has failed
 * @param forecast the time left of a running job
 * @param attempts its attempts, by their numbers
 * @param asked the requirement of its last attempt; empty if it had none
 * @param tokens the amounts of the tokens of the workspace that it holds now, by their names
 * @param sharedFolders the paths of the shared folders in its parameters, in the workspace; empty if these cannot be read
 * @param hints the hints that it asked for much more than jobs of its type use
 * @param dumps the files with the stacks or the heaps of its processes, by their names
 * @param parameters its parameters by name; empty if they are not written yet, or cannot be read
 * @param announced what it has announced while it ran, in order
 * @param dependencies the jobs that it depends on, with their states; also those that it does not wait for, because it
 *     reads only what they have announced
 * @param dependents the jobs that use its result, according to the runs that submitted them, or to their parameters
 * @param nearest the nearest done job of its type, with the parameters that differ, for a job that is not done
 * @param log the last lines of the log of a failed job
 * @param cleaned the entry of the trash that has the result of a new job
 */
public record JobDetails(
        JobView job,
        Instant now,
        Optional<Reason> reason,
        Optional<Forecast> forecast,
        List<AttemptDetails> attempts,
        String asked,
        SortedMap<String, Long> tokens,
        List<String> sharedFolders,
        List<UseHint> hints,
        List<Path> dumps,
        Map<String, @Nullable Object> parameters,
        List<Announcement> announced,
        List<JobView> dependencies,
        List<JobView> dependents,
        Optional<NearestJob.Other> nearest,
        List<String> log,
        Optional<TrashEntry> cleaned) {

    private static final int LOG_LINES = 20;

    /**
     * An attempt of the job.
     *
     * @param number its number, from 1
     * @param host the host of its process; empty if it has not begun
     * @param batchJob its batch job; empty if no batch system has or had it
     * @param started the start of its process; empty if it has not begun
     * @param ended its end; empty if it goes on, or has left no marker
     * @param failure its failure; empty if it goes on, has done the job, or left no marker
     * @param origin its place, and the decision of the run that led to it
     * @param accounted the resources that its batch system has accounted for it; empty if none is stored
     */
    public record AttemptDetails(
            int number,
            Optional<String> host,
            Optional<BatchJobReference> batchJob,
            Optional<Instant> started,
            Optional<Instant> ended,
            Optional<JobStatus.Failed> failure,
            AttemptOrigin origin,
            Optional<AccountedUse> accounted) {}

    /** Copies the collections. */
    public JobDetails {
        attempts = List.copyOf(attempts);
        sharedFolders = List.copyOf(sharedFolders);
        tokens = Collections.unmodifiableSortedMap(new TreeMap<>(tokens));
        hints = List.copyOf(hints);
        dumps = List.copyOf(dumps);
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        announced = List.copyOf(announced);
        dependencies = List.copyOf(dependencies);
        dependents = List.copyOf(dependents);
        log = List.copyOf(log);
    }

    /**
     * Reads all of a job.
     *
     * @param workspace the workspace
     * @param view its jobs, with those that runs have submitted and that have no folder
     * @param job the job
     * @param now the time of the view
     * @return the details; what cannot be read is left out, and the state of the job has the reason
     */
    public static JobDetails of(Workspace workspace, JobsView view, JobView job, Instant now) {
        List<AttemptDetails> attempts = attempts(job);
        return new JobDetails(
                job,
                now,
                new Reasons(workspace, view).find(job),
                job.status() instanceof JobStatus.Running
                        ? Optional.of(new Forecasts(view, now).job(job))
                        : Optional.empty(),
                attempts,
                attempts.isEmpty() ? "" : attempts.getLast().origin().asked(),
                tokens(workspace, job),
                sharedFolders(job),
                UseHint.of(view, job),
                JobDumps.of(job.folder()).list(),
                parameters(job),
                announced(job),
                dependencies(view, job),
                dependents(view, JobUses.of(view), job),
                nearest(workspace, job),
                job.status() instanceof JobStatus.Failed ? log(job) : List.of(),
                cleaned(workspace, job));
    }

    private static List<String> sharedFolders(JobView job) {
        try {
            return SharedFolders.of(job.folder());
        } catch (IOException | JsonException | IllegalArgumentException unreadable) {
            return List.of(); // the state of the job names the file
        }
    }

    private static SortedMap<String, Long> tokens(Workspace workspace, JobView job) {
        SortedMap<String, Long> held = new TreeMap<>();
        try {
            TokenFolder.of(workspace.root()).read().shares().stream()
                    .filter(share -> job.status().isActive()
                            && share.isHeld()
                            && share.job().equals(job.name()))
                    .forEach(share -> share.amounts().forEach((token, amount) -> held.merge(token, amount, Long::sum)));
            held.keySet().removeIf(TokenState::isFolder);
        } catch (IOException | WorkspaceException unreadable) {
            // The command that lists tokens reports it.
        }
        return held;
    }

    /**
     * Returns the jobs that a job depends on.
     *
     * @param view all jobs
     * @param job the job
     * @return the jobs in the order of its last submission, then those of which it reads only what they have announced;
     *     those without a view are left out
     */
    public static List<JobView> dependencies(JobsView view, JobView job) {
        Set<String> names = new LinkedHashSet<>();
        if (!job.submissions().isEmpty()) {
            names.addAll(job.submissions().getLast().dependencies());
        }
        names.addAll(AnnouncedInputs.of(job));
        return names.stream().flatMap(name -> view.find(name).stream()).toList();
    }

    /**
     * Reads what a job has announced while it ran.
     *
     * @param job the job
     * @return in order; empty if it cannot be read
     */
    public static List<Announcement> announced(JobView job) {
        return AnnouncedInputs.by(job);
    }

    /**
     * Returns the jobs that use the result of a job.
     *
     * @param view all jobs
     * @param uses which jobs use which
     * @param job the job
     * @return the jobs, sorted by name; those without a view are left out
     */
    public static List<JobView> dependents(JobsView view, JobUses uses, JobView job) {
        return uses.usersOf(job.name()).stream()
                .flatMap(user -> view.find(user).stream())
                .toList();
    }

    /**
     * Reads the attempts of a job.
     *
     * @param job the job
     * @return its attempts, by their numbers; what cannot be read is left out, and the state of the job has the reason
     */
    public static List<AttemptDetails> attempts(JobView job) {
        List<AttemptDetails> attempts = new ArrayList<>();
        try {
            for (int number : job.folder().attemptFiles().toRun()) {
                attempts.add(attempt(job, number));
            }
        } catch (IOException | JsonException | IllegalArgumentException unreadable) {
            // The state of the job is corrupt, and names the file.
        }
        return attempts;
    }

    private static AttemptDetails attempt(JobView job, int number) throws IOException {
        Attempt attempt = job.folder().attempt(number);
        Optional<JobStatus.Failed> failure = attempt.record().findFailure();
        boolean isLast = job.status().lastAttempt().orElse(0) == number;
        return new AttemptDetails(
                number,
                attempt.record().findProcess().map(ProcessIdentity::host),
                attempt.batchJob(),
                attempt.record().findStarted(),
                isLast ? job.ended() : failure.map(JobStatus.Failed::ended),
                failure.isEmpty() && isLast && job.status() instanceof JobStatus.Failed last
                        ? Optional.of(last) // it ended without a marker
                        : failure,
                attempt.record().origin(),
                accounted(attempt));
    }

    /** Finds the accounted use of an attempt. One that cannot be read hides no more than itself. */
    private static Optional<AccountedUse> accounted(Attempt attempt) {
        try {
            return attempt.record().findAccountedUse();
        } catch (IOException | JsonException unreadable) {
            return Optional.empty();
        }
    }

    /**
     * Finds the nearest done job. Reads the parameters of all done jobs of the type.
     *
     * @param workspace the workspace
     * @param job the job
     * @return the done job, with the parameters that differ; empty if the job is done, or has no parameters that can be
     *     read
     */
    public static Optional<NearestJob.Other> nearest(Workspace workspace, JobView job) {
        if (job.status().findDone().isPresent() || !Files.exists(job.folder().parametersFile())) {
            return Optional.empty();
        }
        try {
            return new DoneJobs(workspace).find(Explanation.of(job.folder()));
        } catch (WorkspaceException unreadable) {
            return Optional.empty();
        }
    }

    /**
     * Finds the cleaning of a job that is new.
     *
     * @param workspace the workspace
     * @param job the job
     * @return the entry of the trash that has its result; empty if there is none, or the trash cannot be read
     */
    public static Optional<TrashEntry> cleaned(Workspace workspace, JobView job) {
        try {
            return job.status() instanceof JobStatus.New ? new Trash(workspace).find(job.name()) : Optional.empty();
        } catch (WorkspaceException unreadable) {
            return Optional.empty(); // the list of the trash reports it
        }
    }

    private static Map<String, @Nullable Object> parameters(JobView job) {
        try {
            return new LinkedHashMap<>(ConfigurationTree.read(job.folder()).values());
        } catch (WorkspaceException unreadable) {
            return Map.of(); // not written yet; the state of the job tells of other reasons
        }
    }

    private static List<String> log(JobView job) {
        try {
            JobLog log = JobLog.of(job.folder(), OptionalInt.empty(), JobLog.Part.ERROR);
            log.skipToLast(LOG_LINES);
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            log.copyTo(text);
            return text.toString(StandardCharsets.UTF_8).lines().toList();
        } catch (WorkspaceException none) {
            return List.of(); // the job failed before its process wrote a log
        }
    }
}
