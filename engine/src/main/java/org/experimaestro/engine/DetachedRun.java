package org.experimaestro.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.experimaestro.LaunchException;
import org.experimaestro.engine.batch.BatchDesks;
import org.experimaestro.engine.batch.BatchExecution;
import org.experimaestro.engine.job.Ended;
import org.experimaestro.engine.job.JobOrder;
import org.experimaestro.engine.schedule.Job;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.spi.Placement;
import org.experimaestro.spi.RefusedException;
import org.experimaestro.workspace.Attempt;
import org.experimaestro.workspace.Claim;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.Failures;
import org.experimaestro.workspace.Handover;
import org.experimaestro.workspace.JobState;
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
    private final String run;
    private final BatchExecution execution;
    private final BatchDesks desks;
    private final Function<SubmittedTask, JobOrder> orders;
    private final ProcessIdentity self = ProcessIdentity.current();
    private final Map<SubmittedTask, Handover> handed = new HashMap<>();
    private final Map<SubmittedTask, JobStatus> failed = new LinkedHashMap<>();

    DetachedRun(String run, BatchExecution execution, BatchDesks desks, Function<SubmittedTask, JobOrder> orders) {
        this.run = run;
        this.execution = execution;
        this.desks = desks;
        this.orders = orders;
    }

    /** The jobs that a batch system has now, also since an earlier run. */
    Map<SubmittedTask, Handover> handed() {
        return handed;
    }

    /** The jobs that no batch system has, and why. */
    Map<SubmittedTask, JobStatus> failed() {
        return failed;
    }

    /**
     * Hands all jobs over that are to be run.
     *
     * @throws LaunchException if some of them cannot be left alone: nothing is handed over then
     */
    void hand(List<Job<SubmittedTask, Ended>> jobs) throws InterruptedException {
        check(jobs);
        Map<Job<SubmittedTask, Ended>, Integer> levels = new HashMap<>();
        List<List<Job<SubmittedTask, Ended>>> byLevel = new ArrayList<>();
        for (Job<SubmittedTask, Ended> job : jobs) {
            int level = job.dependencies().stream().mapToInt(levels::get).max().orElse(-1) + 1;
            levels.put(job, level);
            if (level == byLevel.size()) {
                byLevel.add(new ArrayList<>());
            }
            byLevel.get(level).add(job);
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (List<Job<SubmittedTask, Ended>> level : byLevel) {
                handLevel(level, threads);
            }
        }
    }

    private void handLevel(List<Job<SubmittedTask, Ended>> level, ExecutorService threads) throws InterruptedException {
        Map<SubmittedTask, Future<Optional<Handover>>> answers = new LinkedHashMap<>();
        for (Job<SubmittedTask, Ended> job : level) {
            SubmittedTask task = job.content();
            JobStatus now = task.folder().status();
            if (now.state() == JobState.DONE) {
                continue;
            }
            if (now.handover() != null) {
                handed.put(task, now.handover());
                continue;
            }
            Optional<List<String>> after = after(job);
            if (after.isPresent()) {
                answers.put(task, threads.submit(() -> hand(task, after.get())));
            } else {
                failed.put(
                        task,
                        JobStatus.failed(
                                0, null, FailureCause.DEPENDENCY, "what it depends on could not be handed over"));
            }
        }
        for (Map.Entry<SubmittedTask, Future<Optional<Handover>>> answer : answers.entrySet()) {
            try {
                answer.getValue().get().ifPresent(handover -> handed.put(answer.getKey(), handover));
            } catch (ExecutionException problem) {
                failed.put(answer.getKey(), answer.getKey().folder().status());
            }
        }
    }

    /** The handles of what a job waits for; empty if some of that will never be there. */
    private Optional<List<String>> after(Job<SubmittedTask, Ended> job) {
        List<String> handles = new ArrayList<>();
        for (Job<SubmittedTask, Ended> dependency : job.dependencies()) {
            SubmittedTask needed = dependency.content();
            if (handed.containsKey(needed)) {
                handles.add(handed.get(needed).handle());
            } else if (needed.folder().status().state() != JobState.DONE) {
                return Optional.empty();
            }
        }
        return Optional.of(handles);
    }

    private Optional<Handover> hand(SubmittedTask task, List<String> after) throws IOException, InterruptedException {
        Claim claim = task.folder().claim(self, run);
        if (!(claim instanceof Claim.Granted(Attempt attempt))) {
            return Optional.empty(); // another run was quicker
        }
        try {
            return Optional.of(execution.hand(attempt, orders.apply(task), after));
        } catch (RefusedException refused) {
            execution.refuse(attempt, FailureCause.REFUSED, String.valueOf(refused.getMessage()));
            throw new IOException(refused);
        } catch (IOException unwritten) {
            execution.refuse(attempt, FailureCause.NOT_STARTED, Failures.reason(unwritten));
            throw unwritten;
        }
    }

    // ---- what cannot be left alone ----

    private void check(List<Job<SubmittedTask, Ended>> jobs) {
        List<String> problems = new ArrayList<>();
        for (Job<SubmittedTask, Ended> job : jobs) {
            Placement placement = job.content().placement();
            if (placement != null && job.content().found().handover() == null) {
                problem(job, placement.launcher())
                        .ifPresent(why -> problems.add(job.content().folder().name() + " " + why));
            }
        }
        if (!problems.isEmpty()) {
            throw new LaunchException(
                    "Cannot leave the experiment to its launchers: " + String.join("; ", problems),
                    null,
                    "run it without --detach, or with launchers that can wait for each other's jobs",
                    null);
        }
    }

    private Optional<String> problem(Job<SubmittedTask, Ended> job, LauncherDefinition launcher) {
        if (launcher.isHere()) {
            return Optional.of(
                    "runs on this machine (launcher " + launcher.name() + "), started by the plan's process");
        }
        for (Job<SubmittedTask, Ended> dependency : job.dependencies()) {
            Placement needed = dependency.content().placement();
            if (needed == null) {
                continue;
            }
            if (!desks.hasDependencies(launcher)) {
                return Optional.of("depends on another job, and launcher " + launcher.name() + " cannot wait for one");
            }
            if (!desks.isSameSystem(launcher, needed.launcher())) {
                return Optional.of("on launcher " + launcher.name() + " depends on a job of launcher "
                        + needed.launcher().name() + ", which is another system");
            }
        }
        return Optional.empty();
    }
}
