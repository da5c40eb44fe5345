package org.experimaestro.engine;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.experimaestro.Config;
import org.experimaestro.ConfigException;
import org.experimaestro.ConfigId;
import org.experimaestro.JobReport;
import org.experimaestro.LaunchException;
import org.experimaestro.Launcher;
import org.experimaestro.Outcome;
import org.experimaestro.PlanException;
import org.experimaestro.RetryPolicy;
import org.experimaestro.RunMode;
import org.experimaestro.Task;
import org.experimaestro.WorkspaceException;
import org.experimaestro.base.process.PlanLine;
import org.experimaestro.core.serial.ChangedDefault;
import org.experimaestro.core.serial.FirstDefaults;
import org.experimaestro.core.task.Dependencies;
import org.experimaestro.core.task.Outputs;
import org.experimaestro.engine.time.RunClock;
import org.experimaestro.model.ConfigNode;
import org.experimaestro.spi.Placement;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.Workspace;
import org.experimaestro.workspace.code.CodeChange;
import org.jspecify.annotations.Nullable;

/**
 * The run as its plan sees it, which turns submissions into jobs of the graph. Thread-safe, because a plan may submit
 * from several threads.
 */
final class ExperimentRun extends SubmittingExperiment {
    private final ExperimentSetup setup;
    private final Workspace workspace;
    private final RunListener listener;
    private final DefaultsCheck defaults;
    private final CodeCheck code;
    private final Culprits culprits;
    private final ChangedJobs changed = new ChangedJobs();
    private final TaskSubmissions submissions;
    private final ModeHandler handler;
    private final PlacementFinder placements;
    private final DeclaredTokens tokens;
    private final PlanCallbacks callbacks;
    private final JobEnds ends;
    private final TypeIds typeIds = new TypeIds();
    private final JobLocations locations;
    private final SubmissionGate gate = new SubmissionGate();
    private final JobChoice choice;
    private final PrepareSteps steps;
    /**
     * The jobs by identifier. The map has its own lock, because the code that ends the process reads it while the plan
     * may be in a submission.
     */
    private final Map<ConfigId, TaskJob> jobs = Collections.synchronizedMap(new LinkedHashMap<>());

    private final AtomicReference<@Nullable PlanException> refusal = new AtomicReference<>();
    private volatile boolean abandoned;

    ExperimentRun(
            ExperimentSetup setup,
            Workspace workspace,
            DefaultsCheck defaults,
            CodeCheck code,
            RunListener listener,
            Consumer<SubmittedTask> recorder,
            Culprits culprits,
            PlacementFinder placements,
            DeclaredTokens tokens,
            PrepareSteps steps,
            PlanCallbacks callbacks,
            SideDeclarations declarations,
            ModeHandler handler) {
        super(setup, workspace, declarations, tokens);
        this.steps = steps;
        this.culprits = culprits;
        this.setup = setup;
        this.workspace = workspace;
        this.locations = new JobLocations(setup, workspace, listener);
        this.defaults = defaults;
        this.code = code;
        this.listener = listener;
        this.handler = handler;
        this.placements = placements;
        this.tokens = tokens;
        this.callbacks = callbacks;
        this.ends = new JobEnds(setup, callbacks);
        this.submissions = new TaskSubmissions(recorder, listener, placements);
        this.choice = new JobChoice(setup.order(), this::take);
    }

    /** Takes a job that this run is to run. */
    private void take(TaskJob job) {
        steps.require(job.steps());
        if (job.task().found() instanceof JobStatus.Removed) {
            listener.runsAgain(job.task(), job.neededBy());
        }
        LostOutputs.require(job, jobs::get, listener); // first: no job is recorded that is refused
        listener.submitted(job.task());
        record(job);
        LostOutputs.require(job, jobs::get, listener); // again: a removal that comes now finds the record
        if (setup.mode() == RunMode.DRY_RUN) {
            steps.announce(job.steps());
        }
        handler.take(job);
    }

    private void record(TaskJob job) {
        if (job.isToRecord()) {
            submissions.record(job.task());
        }
    }

    /**
     * Records the jobs that this run leaves out, when the plan has submitted all that may need them.
     *
     * @param record records a job that is left out
     */
    synchronized void recordLeftOut(Consumer<TaskJob> record) {
        for (TaskJob job : snapshot()) {
            if (job.isLeftOut()) {
                record(job);
                record.accept(job);
                listener.leftOut(job.task(), job.leftOutBecause());
            }
        }
        choice.warn(listener::warning);
        callbacks.warnOfJobsNotNeeded();
        setup.order().priority().warnings().forEach(listener::warning);
    }

    @Override
    <R> Config<R> submit(
            Config<? extends Task<R>> config, Launcher launcher, Consumer<TaskJob> first, Consumer<TaskJob> again) {
        if (!gate.enter(callbacks.isCalling())) {
            throw refuse("submit " + config);
        }
        try {
            return submitNow(config, launcher, first, again);
        } finally {
            gate.leave();
        }
    }

    /**
     * Returns the error of a submission or registration that came too late. The user is warned too, because a thread of the plan may
     * swallow the exception.
     */
    private PlanException refuse(String action) {
        PlanException refused = PlanException.of("Cannot " + action + ": " + gate.closedBecause())
                .at(PlanLine.current())
                .advice("let run wait for all threads that submit tasks, for example by closing their ExecutorService")
                .build();
        refusal.compareAndSet(null, refused);
        listener.warning(String.valueOf(refused.getMessage()));
        return refused;
    }

    /** Refuses all later submissions but those of callbacks, for this reason. */
    void closeToPlan(String reason) {
        gate.closeToPlan(reason);
    }

    /** Refuses all later submissions, for this reason, and calls no more callbacks. */
    void close(String reason) {
        gate.close(reason);
        callbacks.stop();
    }

    /** Waits until all callbacks have returned; in a run that does not wait for its jobs, calls those that are due. */
    void awaitCallbacks() throws InterruptedException {
        callbacks.awaitAll();
    }

    /** Throws the error of the first callback that has failed. */
    void throwIfCallbackFailed() {
        callbacks.throwIfFailed();
    }

    /** Waits until the submissions in progress have returned. */
    void awaitSubmissions() throws InterruptedException {
        gate.awaitLeft();
    }

    /** Waits until the submissions in progress have returned, and warns if that takes longer than the limit. */
    void awaitSubmissions(Duration limit, RunClock clock) throws InterruptedException {
        if (!gate.awaitLeft(limit, clock)) {
            listener.warning("Some submissions of the plan do not return");
        }
    }

    /** Returns the error of the first submission that came too late. */
    Optional<PlanException> refusal() {
        return Optional.ofNullable(refusal.get());
    }

    /**
     * Cancels the waits for jobs that have not ended, and for jobs that are submitted later, because this run does not
     * see their ends.
     */
    void abandon() {
        abandoned = true;
        snapshot().forEach(job -> job.end().cancel(false));
    }

    @SuppressWarnings("unchecked")
    private synchronized <R> Config<R> submitNow(
            Config<? extends Task<R>> config, Launcher launcher, Consumer<TaskJob> first, Consumer<TaskJob> again) {
        ConfigNode<?> task = SubmittableTask.of(config);
        typeIds.check(task);
        JobFolder folder = workspace.job(task.descriptor().typeId(), task.id());
        Config<?> outputs = Outputs.of(task, folder.path());
        TaskJob known = jobs.get(task.id());
        if (known != null) {
            again.accept(known);
            SortedMap<String, Object> tags = new TreeMap<>(task.tagSet().values());
            choice.submitAgain(known, known.task().with(tags));
            HookedRequest hooked = HookedRequest.of(task, folder, known.task().found(), launcher);
            submissions.addAgain(known, tags, hooked.request());
            return (Config<R>) outputs;
        }
        TaskJob job = newJob(task, folder, launcher);
        if (setup.mode() == RunMode.NORMAL && job.task().found() instanceof JobStatus.Done) {
            record(job); // first: a run that is about to remove the outputs sees that this one needs them, or is seen
            JobFolder files = job.task().folder();
            if (!(LostOutputs.settled(files, job.task().found(), listener) instanceof JobStatus.Done)) {
                job = newJob(task, folder, launcher); // and is recorded once more, with its launcher
            }
        }
        first.accept(job);
        submissions.warnOfTags(task);
        choice.submit(job);
        // The job is added last: if the handler throws and the plan goes on, the plan must not wait for a job that
        // is never run.
        jobs.put(task.id(), job);
        submissions.add(job, job.task().hooked().request());
        if (abandoned) {
            job.end().cancel(false); // a submission for which nobody could wait any longer
        }
        return (Config<R>) outputs;
    }

    private TaskJob newJob(ConfigNode<?> task, JobFolder folder, Launcher given) {
        NeededJobs needed = NeededJobs.of(
                () -> "submit " + task,
                () -> folder.status().findDone().isPresent(),
                task,
                workspace,
                job -> locations.isDone(job, task),
                steps.announcedNames(),
                jobs::get);
        SortedMap<String, Object> tags = new TreeMap<>(task.tagSet().values());
        JobFolder files = locations.locate(task, folder);
        JobStatus found = files.status();
        if (found instanceof JobStatus.Starting) {
            found = LostOutputs.settled(
                    files, found, listener); // a removal may be under way, after which the job is to run again
        }
        Set<ChangedDefault> changes = Set.of();
        try {
            changes = changes(task, files, found);
        } catch (WorkspaceException unreadable) {
            // The problem concerns this job alone; the others run.
            found = new JobStatus.Corrupt(String.valueOf(unreadable.getMessage()));
        }
        Class<?> type = task.descriptor().javaClass();
        HookedRequest hooked = HookedRequest.of(task, folder, found, given);
        Launcher launcher = hooked.request();
        Launcher request = launcher;
        Placement placement = placement(found, launcher, type);
        tokens.check(launcher, placement);
        RetryPolicy retries = PolicyChoice.of(launcher, type, setup.retries(), placement);
        Launcher remembered = JobRetries.findRemembered(launcher, placement, retries, folder, found)
                .orElse(null);
        if (remembered != null) {
            try {
                placement = placement(found, remembered, type);
                tokens.check(remembered, placement);
                request = remembered;
            } catch (LaunchException noLonger) {
                // The launchers give less than they did: the job has what the plan asks for.
            }
        }
        FirstDefaults firsts = defaults.firstDefaults(task);
        CodeChange change = setup.mode() == RunMode.NORMAL ? CodeChange.NONE : code.change(task, files, found);
        SubmittedTask submitted = new SubmittedTask(
                task,
                folder,
                tags,
                needed.folders(),
                needed.announcing(),
                hooked,
                placement,
                retries,
                IsolationChoice.of(launcher, type, setup.isolation(), placement),
                firsts,
                found,
                changes,
                change);
        if (placement != null) {
            // A value that cannot be stored is an error of the line that submits it, not of a job that starts hours
            // later.
            submitted.parameters(workspace);
        }
        int priority = launcher.priority()
                .orElseGet(() -> setup.order().priority().find(submitted).orElse(0));
        List<PrepareStep> before = steps.of(task, folder, found, jobs::get);
        return new TaskJob(submitted, files, request, needed.waitedFor(), before, priority, handler.jobs());
    }

    private @Nullable Placement placement(JobStatus found, Launcher request, Class<?> type) {
        Placement chosen = placements.find(found, request);
        return chosen == null ? null : GraceTime.in(chosen, type);
    }

    /**
     * Returns the changed defaults of a job. A normal run refuses the job at once; the other modes report all changes
     * of the plan at its end.
     */
    private Set<ChangedDefault> changes(ConfigNode<?> task, JobFolder folder, JobStatus found) {
        Set<ChangedDefault> changes = defaults.changes(task, folder, found);
        if (!changes.isEmpty() && setup.mode() == RunMode.NORMAL) {
            throw ChangedJobs.refusal(folder, found, changes);
        }
        if (!changes.isEmpty()) {
            changed.add(folder, changes);
        }
        return changes;
    }

    /**
     * Throws an error at the end of a run that runs nothing, if defaults have changed since jobs were run.
     *
     * @throws ConfigException if some have; the message has all changes
     */
    synchronized void throwIfDefaultsChanged() {
        changed.throwIfAny();
    }

    @Override
    public <T> void onAnnounced(Config<?> output, Class<T> type, Callback<? super Config<T>> callback) {
        watch(output, watch -> watch.onAnnounced(type, callback));
    }

    @Override
    public void onEnd(Config<?> output, Callback<? super JobReport> callback) {
        watch(output, watch -> watch.onEnd(callback));
    }

    private void watch(Config<?> output, Consumer<JobWatch> registration) {
        passGate(() -> "watch " + output, () -> {
            TaskJob job = maker(output, "watch");
            job.keepOutputs(); // the callbacks of each run may read them
            callbacks.register(job, registration);
        });
    }

    @Override
    void passGate(Supplier<String> action, Runnable passing) {
        if (!gate.enter(callbacks.isCalling())) {
            throw refuse(action.get());
        }
        try {
            passing.run();
        } finally {
            gate.leave();
        }
    }

    /** Takes those that run only on demand, as a second submission does: a person may demand the action at any time. */
    @Override
    synchronized List<String> need(String name, ConfigNode<?> action) {
        NeededJobs needed = NeededJobs.of(
                () -> "declare the action " + name,
                () -> false,
                action,
                workspace,
                job -> locations.hasOutputs(job, action),
                steps.announcedNames(),
                jobs::get);
        for (TaskJob job : needed.submitted()) {
            if (job.isOnDemand()) {
                job.runAnyway();
                choice.submitAgain(job, job.task());
            }
        }
        return Stream.concat(needed.folders().stream(), needed.announcing().stream())
                .map(JobFolder::name)
                .toList();
    }

    @Override
    synchronized void keepOutputs(Config<?> saved) {
        for (TaskJob job : makers(saved)) {
            job.keepOutputs();
            if (job.task().found() instanceof JobStatus.Removed) {
                job.runAnyway(); // the saved file says where they are, and they are not there
                choice.submitAgain(job, job.task());
            }
        }
    }

    /** Returns the jobs of this run that make what a configuration refers to. */
    private List<TaskJob> makers(Config<?> output) {
        Set<ConfigId> ids = new LinkedHashSet<>(Dependencies.producersOf(output));
        ids.addAll(Dependencies.makersOf(output));
        return ids.stream().map(jobs::get).flatMap(Stream::ofNullable).toList();
    }

    /** Returns whether callbacks may submit more jobs after the plan has returned. */
    boolean hasCallbacks() {
        return callbacks.hasAny();
    }

    @Override
    public Outcome await() throws InterruptedException {
        List<TaskJob> awaited;
        Outcome outcome;
        do {
            awaited = needed();
            outcome = ends.await(awaited);
        } while (callbacks.hasAny() && needed().size() > awaited.size()); // callbacks have submitted more meanwhile
        return outcome;
    }

    /** Returns the jobs submitted so far, but for those that are not needed now: these may be needed later, and have no end yet. */
    private List<TaskJob> needed() {
        return snapshot().stream().filter(job -> !job.isNotNeeded()).toList();
    }

    @Override
    public Outcome await(Config<?> output) throws InterruptedException {
        return ends.await(makers(output));
    }

    @Override
    public JobReport report(Config<?> output) throws InterruptedException {
        TaskJob job = maker(output, "report on");
        Outcome outcome = ends.await(List.of(job));
        return outcome == Outcome.NOT_RUN || outcome == Outcome.SUBMITTED
                ? ReportedJob.unawaited(job, outcome)
                : ReportedJob.ended(job, culprits);
    }

    private TaskJob maker(Config<?> output, String action) {
        TaskJob job = ProducerLookup.find(output).map(jobs::get).orElse(null);
        if (job == null) {
            throw ConfigException.of(
                            "Cannot " + action + " " + output + ": no task that this run has submitted made it")
                    .at(PlanLine.current())
                    .advice("pass what submit returned")
                    .build();
        }
        return job;
    }

    /** Returns the jobs submitted so far, in order. */
    List<TaskJob> snapshot() {
        synchronized (jobs) {
            return List.copyOf(jobs.values());
        }
    }

    /** Returns the submissions so far, in order. */
    List<TaskSubmissions.Submission> submissions() {
        return submissions.snapshot();
    }

    /** Returns the job with a name, {@code type/identifier}; empty if this run has not submitted it. */
    Optional<TaskJob> find(String name) {
        ConfigId id;
        try {
            id = ConfigId.parse(name.substring(name.indexOf('/') + 1));
        } catch (IllegalArgumentException wrong) {
            return Optional.empty();
        }
        return Optional.ofNullable(jobs.get(id))
                .filter(job -> job.task().folder().name().equals(name));
    }
}
