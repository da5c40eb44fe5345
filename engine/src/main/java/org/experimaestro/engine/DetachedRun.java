package org.experimaestro.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.experimaestro.ExperimaestroException;
import org.experimaestro.LaunchException;
import org.experimaestro.engine.batch.BatchExecution;
import org.experimaestro.engine.batch.RunBatchClients;
import org.experimaestro.engine.batch.SubmissionResult;
import org.experimaestro.engine.guard.Guard;
import org.experimaestro.engine.job.JobResult;
import org.experimaestro.engine.job.JobSpec;
import org.experimaestro.engine.schedule.Job;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.spi.Placement;
import org.experimaestro.workspace.Attempt;
import org.experimaestro.workspace.BatchJobReference;
import org.experimaestro.workspace.Claim;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.Failures;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.ProcessIdentity;

/**
 * Leaves the whole graph of jobs to a batch system, which starts each when what it depends on has ended well: the plan's
 * process need not stay. Used by one thread.
 *
 * <p>The jobs that depend on none come first, then those that depend on these, and so on: equal ones of one such level
 * go together.
 */
final class DetachedRun {
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LAST_PAUSE_MILLIS = 2_000;

    private final String run;
    private final BatchExecution execution;
    private final RunBatchClients clients;
    private final Function<SubmittedTask, JobSpec> orders;
    private final ExecutorService threads;
    private final ProcessIdentity self = ProcessIdentity.current();
    private final Guard guard = new Guard("The code that is to hand a job over");
    private final Map<SubmittedTask, DetachedState> fates = new LinkedHashMap<>();

    /** Where a job is when its turn has come and gone. */
    private sealed interface DetachedState {
        record Done() implements DetachedState {}

        record Pending(BatchJobReference handover) implements DetachedState {}

        /** A process has it that no batch system knows. */
        record Elsewhere(JobStatus.Running running) implements DetachedState {}

        record Failed(JobStatus status) implements DetachedState {}
    }

    /**
     * Hands nothing over yet.
     *
     * @param run the run's name
     * @param execution gives jobs to batch systems
     * @param clients where batch systems are talked to
     * @param orders what it takes to run a task
     * @param threads the threads that hand jobs over; where they are interrupted, each gives its attempt up
     */
    DetachedRun(
            String run,
            BatchExecution execution,
            RunBatchClients clients,
            Function<SubmittedTask, JobSpec> orders,
            ExecutorService threads) {
        this.run = run;
        this.execution = execution;
        this.clients = clients;
        this.orders = orders;
        this.threads = threads;
    }

    /** How many jobs go on without us: those that a batch system has now, also since an earlier run, or another process. */
    int left() {
        return (int) fates.values().stream()
                .filter(fate -> fate instanceof DetachedState.Pending || fate instanceof DetachedState.Elsewhere)
                .count();
    }

    /** The jobs that nobody has, and why. */
    Map<SubmittedTask, JobStatus> failed() {
        Map<SubmittedTask, JobStatus> failed = new LinkedHashMap<>();
        fates.forEach((task, fate) -> {
            if (fate instanceof DetachedState.Failed(JobStatus status)) {
                failed.put(task, status);
            }
        });
        return failed;
    }

    /**
     * Hands all jobs over that are to be run.
     *
     * @throws LaunchException if some of them cannot be left alone: nothing is handed over then
     */
    void hand(List<Job<SubmittedTask, JobResult>> jobs) throws InterruptedException {
        new DetachedCheck(clients).check(jobs);
        Map<Job<SubmittedTask, JobResult>, Integer> levels = new HashMap<>();
        List<List<Job<SubmittedTask, JobResult>>> byLevel = new ArrayList<>();
        for (Job<SubmittedTask, JobResult> job : jobs) {
            int level = job.dependencies().stream().mapToInt(levels::get).max().orElse(-1) + 1;
            levels.put(job, level);
            if (level == byLevel.size()) {
                byLevel.add(new ArrayList<>());
            }
            byLevel.get(level).add(job);
        }
        for (List<Job<SubmittedTask, JobResult>> level : byLevel) {
            handLevel(level);
        }
    }

    private void handLevel(List<Job<SubmittedTask, JobResult>> level) throws InterruptedException {
        Map<SubmittedTask, Future<DetachedState>> answers = new LinkedHashMap<>();
        for (Job<SubmittedTask, JobResult> job : level) {
            answers.put(job.content(), submit(job));
        }
        Map<SubmittedTask, DetachedState> told = new LinkedHashMap<>();
        for (Map.Entry<SubmittedTask, Future<DetachedState>> answer : answers.entrySet()) {
            try {
                told.put(answer.getKey(), answer.getValue().get());
            } catch (ExecutionException mistake) {
                if (mistake.getCause() instanceof InterruptedException stopped) {
                    throw stopped;
                }
                throw new AssertionError("What becomes of a job is always told", mistake);
            }
        }
        // Not before: while a level is handed over, its threads read what became of those before.
        fates.putAll(told);
    }

    private Future<DetachedState> submit(Job<SubmittedTask, JobResult> job) throws InterruptedException {
        try {
            return threads.submit(() -> handSafely(job));
        } catch (RejectedExecutionException ended) {
            InterruptedException stopped = new InterruptedException("The run was stopped while jobs were handed over");
            stopped.initCause(ended);
            throw stopped;
        }
    }

    /** A mistake with one job leaves the others alone. */
    private DetachedState handSafely(Job<SubmittedTask, JobResult> job) throws InterruptedException {
        try {
            return hand(job);
        } catch (RuntimeException | Error mistake) {
            guard.log(mistake);
            return failed(FailureCause.NOT_STARTED, "the code that was to hand it over has failed: " + mistake);
        }
    }

    private DetachedState hand(Job<SubmittedTask, JobResult> job) throws InterruptedException {
        SubmittedTask task = job.content();
        JobStatus found = task.found();
        Optional<DetachedState> known =
                fate(found instanceof JobStatus.Corrupt ? found : task.folder().status());
        if (known.isPresent()) {
            return known.get();
        }
        List<String> after = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (Job<SubmittedTask, JobResult> dependency : job.dependencies()) {
            depend(task, dependency.content(), after, problems);
        }
        if (!problems.isEmpty()) {
            return failed(FailureCause.DEPENDENCY, String.join("; ", problems));
        }
        try {
            return hand(orders.apply(task), after);
        } catch (IOException unwritten) {
            return failed(FailureCause.NOT_STARTED, Failures.reason(unwritten));
        } catch (ExperimaestroException wrong) {
            return failed(FailureCause.NOT_STARTED, String.valueOf(wrong.getMessage()));
        }
    }

    private DetachedState hand(JobSpec order, List<String> after) throws IOException, InterruptedException {
        long pause = FIRST_PAUSE_MILLIS;
        while (true) {
            switch (order.folder().claim(self, run)) {
                case Claim.Granted(Attempt attempt) -> {
                    order.listener().claimed(attempt.number());
                    return switch (execution.hand(attempt, order, after)) {
                        case SubmissionResult.Accepted(BatchJobReference handover) ->
                            new DetachedState.Pending(handover);
                        // A former attempt may have done it, or run, without our knowing.
                        case SubmissionResult.Rejected(JobStatus status) ->
                            fate(status).orElseGet(() -> new DetachedState.Failed(status));
                    };
                }
                case Claim.Refused(JobStatus status) -> {
                    Optional<DetachedState> fate = fate(status);
                    if (fate.isPresent()) {
                        return fate.get();
                    }
                }
            }
            order.listener().statusChanged("another run is starting it");
            Thread.sleep(pause);
            pause = Math.min(LAST_PAUSE_MILLIS, pause * 2);
        }
    }

    /** What its files say of a job; empty if it is to be handed over, or another run is about to do that. */
    private static Optional<DetachedState> fate(JobStatus status) {
        if (status.findHandover().isPresent()) {
            return status.findHandover().map(DetachedState.Pending::new);
        }
        return switch (status) {
            case JobStatus.Done _ -> Optional.of(new DetachedState.Done());
            case JobStatus.Corrupt corrupt -> Optional.of(new DetachedState.Failed(corrupt));
            case JobStatus.Running running -> Optional.of(new DetachedState.Elsewhere(running));
            default -> Optional.empty();
        };
    }

    private static DetachedState failed(FailureCause cause, String message) {
        return new DetachedState.Failed(new JobStatus.Failed(cause, message));
    }

    /** Has a job wait for another one, which this run or another one has given to the batch system. */
    private void depend(SubmittedTask task, SubmittedTask needed, List<String> after, List<String> problems) {
        String name = needed.folder().name();
        switch (Objects.requireNonNull(fates.get(needed), name)) {
            case DetachedState.Done() -> {}
            case DetachedState.Pending(BatchJobReference handover) -> {
                if (isReachable(handover, launcher(task))) {
                    after.add(handover.handle());
                } else {
                    problems.add(name + ", which it depends on, is the job " + handover + ": the launcher "
                            + launcher(task).name() + " cannot wait for that system's jobs");
                }
            }
            case DetachedState.Elsewhere(JobStatus.Running running) ->
                problems.add(name + ", which it depends on, is run by " + running.process()
                        + ", which no launcher can wait for");
            case DetachedState.Failed(JobStatus status) ->
                problems.add(name + ", which it depends on, could not be handed over");
        }
    }

    private boolean isReachable(BatchJobReference handover, LauncherDefinition launcher) {
        return clients.findLauncher(handover)
                .filter(found -> clients.isSameSystem(found, launcher))
                .isPresent();
    }

    private static LauncherDefinition launcher(SubmittedTask task) {
        Placement placement = task.placement();
        return placement == null ? LauncherDefinition.local() : placement.launcher();
    }
}
