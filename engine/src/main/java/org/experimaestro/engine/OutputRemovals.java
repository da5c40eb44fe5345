package org.experimaestro.engine;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.engine.guard.Guard;
import org.experimaestro.engine.schedule.Phase;
import org.experimaestro.engine.time.RunClock;
import org.experimaestro.spi.Placement;
import org.experimaestro.workspace.BatchJobReference;
import org.experimaestro.workspace.Failures;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.OutputRemoval;
import org.experimaestro.workspace.OutputUsers;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.Workspace;
import org.jspecify.annotations.Nullable;

/**
 * The removal of the outputs of a run's transient jobs, each when the last job that uses them is done. It begins when the
 * plan has returned, because the plan may submit further jobs before. A failure to remove is a warning, and changes nothing
 * for the run. Thread-safe.
 */
final class OutputRemovals {
    private static final Duration PAUSE = Duration.ofMillis(20);
    /** The number of pauses for which another run's claim is waited for: it holds the claim for some renames. */
    private static final int PAUSES = 500;

    private final RunFolder run;
    private final Predicate<BatchJobReference> isShared;
    private final Executor threads;
    private final RunListener listener;
    private final RunClock clock;
    private final OutputUsers others;
    private final ProcessIdentity self = ProcessIdentity.current();
    private final Guard guard = new Guard("The removal of outputs");
    private final Set<TaskJob> released = new HashSet<>();
    private final Set<TaskJob> handled = new HashSet<>();
    private volatile @Nullable Map<String, List<TaskJob>> users;

    /**
     * Creates the removals of a run.
     *
     * @param workspace the workspace
     * @param run the run
     * @param isShared the test whether the host of a batch job has no copy of the workspace
     * @param threads the threads of the run, which end with it
     * @param listener is told of removals, and of their failures
     * @param clock the clock of pauses
     */
    OutputRemovals(
            Workspace workspace,
            RunFolder run,
            Predicate<BatchJobReference> isShared,
            Executor threads,
            RunListener listener,
            RunClock clock) {
        this.run = run;
        this.isShared = isShared;
        this.threads = threads;
        this.listener = listener;
        this.clock = clock;
        this.others = new OutputUsers(workspace, run);
    }

    /**
     * Begins to remove, because the plan has returned.
     *
     * @param jobs all jobs of the run
     * @param maySubmitMore whether callbacks may submit more jobs: then nothing is removed before the end of the run
     */
    void begin(List<TaskJob> jobs, boolean maySubmitMore) {
        if (maySubmitMore || jobs.stream().noneMatch(TaskJob::isTransient)) {
            return;
        }
        users = usersOf(jobs);
        jobs.stream().filter(TaskJob::isTransient).forEach(this::checkLater);
    }

    /** Looks whether outputs can be removed now that a job is done. Returns at once. */
    void ended(TaskJob job) {
        if (users != null) {
            Stream.concat(Stream.of(job), job.needs().stream())
                    .filter(TaskJob::isTransient)
                    .forEach(this::checkLater);
        }
    }

    private void checkLater(TaskJob job) {
        Map<String, List<TaskJob>> known = users;
        if (known == null) {
            return;
        }
        try {
            threads.execute(() -> guard.run(() -> check(job, known)));
        } catch (RejectedExecutionException ended) {
            // The run was stopped, and the next one removes.
        }
    }

    /** Removes what is left when all jobs have ended. Blocks. */
    void finish(List<TaskJob> jobs) {
        List<TaskJob> candidates = jobs.stream().filter(TaskJob::isTransient).toList();
        if (!candidates.isEmpty()) {
            Map<String, List<TaskJob>> known = usersOf(jobs);
            candidates.reversed().forEach(job -> guard.run(() -> check(job, known)));
        }
    }

    /** Returns the jobs that use the outputs of each job, by the names of those. */
    private static Map<String, List<TaskJob>> usersOf(List<TaskJob> jobs) {
        Map<String, List<TaskJob>> users = new HashMap<>();
        for (TaskJob job : jobs) {
            Set<String> used = new HashSet<>();
            job.task().needs().forEach(folder -> used.add(folder.name()));
            job.task().announcing().forEach(folder -> used.add(folder.name()));
            job.needs().forEach(needed -> used.add(needed.task().folder().name()));
            used.forEach(name ->
                    users.computeIfAbsent(name, each -> new ArrayList<>()).add(job));
        }
        return users;
    }

    private synchronized void check(TaskJob job, Map<String, List<TaskJob>> known) {
        if (!job.isTransient() || handled.contains(job)) {
            return;
        }
        JobFolder folder = job.task().folder();
        try {
            boolean isInterrupted =
                    job.isNotNeeded() && folder.status() instanceof JobStatus.Removed && OutputRemoval.hasRest(folder);
            if (isInterrupted || isOver(job, known.getOrDefault(folder.name(), List.of()))) {
                if (!isPinned(job, known) && !isCopied(job, known)) {
                    remove(job, isInterrupted);
                }
            }
        } catch (IOException | JsonException failed) {
            handled.add(job);
            String reason = failed instanceof IOException unwritten
                    ? Failures.reason(unwritten)
                    : String.valueOf(failed.getMessage());
            boolean isRemoved = folder.status() instanceof JobStatus.Removed;
            if (isRemoved) {
                job.removed();
            }
            listener.warning("The outputs of " + folder.name() + " cannot be removed"
                    + (isRemoved ? " as a whole: " : ": ") + reason + "; the job is done all the same");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns whether a job is done, with all that uses it in this run. The next try of a job that failed needs the outputs. */
    private static boolean isOver(TaskJob job, List<TaskJob> users) {
        return job.phase() == Phase.DONE
                && !users.isEmpty()
                && users.stream().allMatch(user -> user.phase() == Phase.DONE || user.isNotNeeded());
    }

    /** Returns whether the job is pinned, or one that is made from it, at whatever distance. */
    private static boolean isPinned(TaskJob job, Map<String, List<TaskJob>> known) {
        Set<TaskJob> seen = new HashSet<>(Set.of(job));
        Deque<TaskJob> open = new ArrayDeque<>(List.of(job));
        while (!open.isEmpty()) {
            JobFolder folder = open.remove().task().folder();
            if (folder.pin().find().isPresent()) {
                return true;
            }
            known.getOrDefault(folder.name(), List.of()).stream()
                    .filter(seen::add)
                    .forEach(open::add);
        }
        return false;
    }

    /** Returns whether a host may have a copy of the job's folder: there it would still be done. */
    private boolean isCopied(TaskJob job, Map<String, List<TaskJob>> known) throws IOException {
        if (mayBeCopied(job)) {
            return true;
        }
        for (TaskJob user : known.getOrDefault(job.task().folder().name(), List.of())) {
            if (mayBeCopied(user)) {
                return true;
            }
        }
        return false;
    }

    private boolean mayBeCopied(TaskJob job) throws IOException {
        Placement placement = job.task().placement();
        if (placement != null && placement.launcher().connector().isPresent()) {
            return true;
        }
        JobFolder folder = job.task().folder();
        for (int attempt : folder.attemptFiles().toRun()) {
            Optional<BatchJobReference> batchJob = folder.attempt(attempt).batchJob();
            if (batchJob.isPresent() && !isShared.test(batchJob.get())) {
                return true; // also of an attempt before the last one
            }
        }
        return false;
    }

    private void remove(TaskJob job, boolean isInterrupted) throws IOException, InterruptedException {
        JobFolder folder = job.task().folder();
        // First: of two runs that end at once, one sees that the other one does not need the outputs any more.
        if (released.add(job)) {
            run.release(folder.name());
        }
        if (others.find(folder).isPresent()) {
            return; // that run removes them, or the next one
        }
        Optional<OutputRemoval> claimed = claim(folder);
        if (claimed.isEmpty()) {
            if (folder.status() instanceof JobStatus.Removed) {
                job.removed();
                handled.add(job);
            }
            return;
        }
        try (OutputRemoval removal = claimed.get()) {
            if (!isInterrupted && others.find(folder).isPresent()) {
                return; // it has submitted the job since
            }
            removal.remove();
        }
        job.removed();
        handled.add(job);
        listener.outputsRemoved(job.task());
    }

    /** Claims the job; waits for a claim of another run, which may find that this one needs the outputs no more. */
    private Optional<OutputRemoval> claim(JobFolder folder) throws IOException, InterruptedException {
        Optional<OutputRemoval> claimed = OutputRemoval.claim(folder, self, run.qualifiedName());
        for (int pauses = 0; claimed.isEmpty() && pauses < PAUSES && isClaimed(folder); pauses++) {
            clock.sleep(PAUSE);
            claimed = OutputRemoval.claim(folder, self, run.qualifiedName());
        }
        return claimed;
    }

    private static boolean isClaimed(JobFolder folder) throws IOException {
        return OutputRemoval.isGoingOn(folder, folder.status());
    }
}
