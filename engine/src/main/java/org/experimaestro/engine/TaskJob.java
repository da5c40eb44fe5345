package org.experimaestro.engine;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.experimaestro.Launcher;
import org.experimaestro.WorkspaceException;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.engine.job.JobResult;
import org.experimaestro.engine.schedule.Demand;
import org.experimaestro.engine.schedule.Ending;
import org.experimaestro.engine.schedule.Job;
import org.experimaestro.engine.schedule.Phase;
import org.experimaestro.engine.schedule.Scheduler;
import org.experimaestro.engine.schedule.Work;
import org.experimaestro.engine.token.HeldTokens;
import org.experimaestro.model.SharedFolder;
import org.experimaestro.spi.Placement;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobStatus;
import org.jspecify.annotations.Nullable;

/** A submitted task as a job of its run's graph. Thread-safe. */
final class TaskJob implements Work {
    /** The reason not to run a job on demand. */
    static final String NO_DEMAND = "no job that uses its result is to run";

    private final JobHandler handler;
    private final JobFolder files;
    private final Job node;
    private final List<SharedFolder> sharedFolders;
    private final List<PrepareStep> steps;
    private volatile @Nullable JobResult result;
    private volatile int claimed;
    private volatile SubmittedTask task;
    private volatile Launcher request;
    private volatile @Nullable Retrial retrial;
    private volatile boolean isRequested;
    private volatile @Nullable HeldTokens tokens;
    private volatile boolean isGivenUp;
    private volatile Consumer<Phase> phases = phase -> {};
    private volatile Runnable taken = () -> {};
    private final int priority;
    private volatile boolean isTaken;
    private volatile String leftOutBy = "";
    private volatile boolean isOnDemand;
    private volatile boolean isTransient;
    private volatile boolean isRemoved;
    private volatile boolean isRecorded;
    private volatile String neededBy = "";
    private volatile boolean isNotNeeded;
    private volatile String withheldBecause = "";
    /** True while it waits for its turn; confined to the scheduler's thread. */
    private boolean isWaiting;
    /** The option behind whose last jobs this one is, or by which it is a last one; confined to the submitting thread. */
    private String pathEnd = "";

    /**
     * The next attempt at a job that has failed.
     *
     * @param failed the number of the attempt that has failed; 0 if it is not known
     * @param number the number of the attempt, such as {@code attempt 2 of 4}
     * @param delay the delay of the attempt, such as {@code in 60 s}; empty if there is none
     * @param changes the changes for the attempt, such as {@code memory 8G → 16G}; empty if there are none
     * @param cause the failure in words, such as {@code attempt 1 ran out of heap}
     * @param at the time of the attempt
     */
    record Retrial(int failed, String number, String delay, String changes, String cause, Instant at) {

        /** Returns what is decided, without the delay, for records that have the time. */
        String decision() {
            return number + changesAfterComma();
        }

        private String changesAfterComma() {
            return changes.isEmpty() ? "" : ", " + changes;
        }

        /** Returns the next attempt, its delay and changes, and the failure. */
        @Override
        public String toString() {
            return number + (delay.isEmpty() ? "" : " " + delay) + changesAfterComma() + "; " + cause;
        }
    }

    /**
     * Creates a job that is not submitted to a scheduler yet.
     *
     * @param task the task
     * @param files the folder that has the job's files
     * @param request the plan's request for a place to run it
     * @param dependencies the jobs of this run that have to be done before
     * @param steps the prepare steps that have to be done before
     * @param priority its own priority
     * @param handler the handler of its turn
     */
    TaskJob(
            SubmittedTask task,
            JobFolder files,
            Launcher request,
            List<TaskJob> dependencies,
            List<PrepareStep> steps,
            int priority,
            JobHandler handler) {
        this.steps = List.copyOf(steps);
        this.priority = priority;
        this.task = task;
        this.files = files;
        this.sharedFolders = SharedFolder.of(task.task());
        this.request = request;
        this.handler = handler;
        List<Job> nodes = new ArrayList<>(dependencies.size() + steps.size());
        dependencies.forEach(dependency -> nodes.add(dependency.node));
        steps.forEach(step -> nodes.add(step.node()));
        this.node = new Job(this, nodes);
    }

    SubmittedTask task() {
        return task;
    }

    /** Returns the request by which its place was found. */
    Launcher request() {
        return request;
    }

    /** Returns the shared folders that it uses, one job at a time. */
    List<SharedFolder> sharedFolders() {
        return sharedFolders;
    }

    /** Moves the job to another place for its next attempt. */
    void place(Launcher newRequest, Placement place) {
        request = newRequest;
        task = task.at(place);
    }

    /** Returns the decision that led to the next or present attempt; {@code null} if that is no retry. */
    @Nullable
    Retrial retrial() {
        return retrial;
    }

    /** Sets the next attempt, for which the job waits from the end of its turn on. */
    void tryAgain(Retrial next) {
        retrial = next;
    }

    /** Records the request for another try, which a policy does not refuse. */
    @Override
    public void requested() {
        isRequested = true;
    }

    /** Returns whether somebody has requested the present try, or one that it continues. */
    boolean isRequested() {
        return isRequested;
    }

    /** Has the job fail in its next turn, which needs nothing: somebody has ended it while it waited for that turn. */
    void giveUp() {
        isGivenUp = true;
    }

    boolean isGivenUp() {
        return isGivenUp;
    }

    // ---- whether the run runs it ----

    /** The run runs the job, or waits for it, from now on. */
    void take() {
        if (!isTaken) {
            leftOutBy = "";
            isNotNeeded = false;
            isTaken = true;
            taken.run();
        }
    }

    /** Returns whether the run runs the job, or waits for it. */
    boolean isTaken() {
        return isTaken;
    }

    /** Leaves the job out, unless a job that is submitted later needs it. */
    void leaveOut(String option) {
        leftOutBy = option;
        isNotNeeded = false;
    }

    /** Makes the run run the job only if a job that it runs needs this one; before the choice of the job. */
    void runOnDemand() {
        isOnDemand = true;
    }

    /** Allows the run to remove the outputs when no job needs them any more. */
    void makeTransient() {
        isTransient = true;
    }

    /** The plan needs the outputs itself, or may need them later. */
    void keepOutputs() {
        isTransient = false;
    }

    /** Returns whether the run may remove the outputs. */
    boolean isTransient() {
        return isTransient;
    }

    /** This run has removed the outputs. */
    void removed() {
        isRemoved = true;
    }

    /** Returns whether the outputs are not there, though the job is done: this run or an earlier one has removed them. */
    boolean lacksOutputs() {
        return isRemoved || !isTaken && task.found() instanceof JobStatus.Removed;
    }

    /** Returns true for the first caller, which is to write the submission to the run's record. */
    boolean isToRecord() {
        boolean isFirst = !isRecorded;
        isRecorded = true;
        return isFirst;
    }

    /** Sets the first job that is to run and uses the outputs. */
    void need(TaskJob user) {
        if (neededBy.isEmpty() && !isTaken) {
            neededBy = user.task.folder().name();
        }
    }

    /** Returns the name of the first job that is to run and uses the outputs; empty if the plan wants the job itself. */
    String neededBy() {
        return neededBy;
    }

    /** The plan has submitted the job in the usual way too, which counts more. */
    void runAnyway() {
        isOnDemand = false;
        isTransient = false;
    }

    /** Returns whether the run runs the job only if a job that it runs needs this one. */
    boolean isOnDemand() {
        return isOnDemand;
    }

    /** Leaves the job out, unless a job that is submitted later needs it: no demand for it is known. */
    void rest() {
        leftOutBy = "";
        isNotNeeded = true;
    }

    /** Returns whether the run leaves the job out, because it runs no job that needs this one. */
    boolean isNotNeeded() {
        return isNotNeeded;
    }

    /** Returns why the run does not run the job, as in {@code left out by --only k1=0.9}; empty if it does. */
    String leftOutBecause() {
        return isNotNeeded ? "not needed: " + NO_DEMAND : leftOutBy.isEmpty() ? "" : "left out by " + leftOutBy;
    }

    /** Returns the option by which the job is left out; empty if there is none. */
    String leftOutBy() {
        return leftOutBy;
    }

    /** Returns whether the run does not run the job, because an option or no demand leaves it out. */
    boolean isLeftOut() {
        return isNotNeeded || !leftOutBy.isEmpty();
    }

    /** Makes this job one behind which no job is run. */
    void endPath(String option) {
        pathEnd = option;
    }

    /** Returns the option by which the jobs behind this one are left out. */
    Optional<String> pathEnd() {
        return pathEnd.isEmpty() ? Optional.empty() : Optional.of(pathEnd);
    }

    /** The run starts no more jobs, for this reason. A job that waited for its next attempt has failed by that. */
    void withhold(String reason) {
        withheldBecause = reason;
        JobResult last = result;
        if (last != null && last.status() instanceof JobStatus.Failed failed) {
            result = new JobResult(JobRetries.withReason(failed, "it is not tried again, " + reason));
        }
    }

    /** Returns why the run has ended the job before its turn; empty unless it starts no more jobs. */
    String withheldBecause() {
        return withheldBecause;
    }

    /** Records whether it waits for its turn; returns whether that is new. Confined to the scheduler's thread. */
    boolean isWaitingNow(boolean waits) {
        boolean isNew = waits != isWaiting;
        isWaiting = waits;
        return isNew;
    }

    /** Returns its node in the graph. */
    Job node() {
        return node;
    }

    /** Returns the jobs that have to be done before, without the prepare steps. */
    List<TaskJob> dependencies() {
        List<TaskJob> jobs = new ArrayList<>();
        for (Job dependency : node.dependencies()) {
            if (dependency.work() instanceof TaskJob job) {
                jobs.add(job);
            }
        }
        return jobs;
    }

    /** Returns the jobs that have to be done before, or before its prepare steps. */
    List<TaskJob> needs() {
        if (steps.isEmpty()) {
            return dependencies();
        }
        Set<TaskJob> needs = new LinkedHashSet<>(dependencies());
        steps.forEach(step -> needs.addAll(step.needs()));
        return List.copyOf(needs);
    }

    /** Returns the prepare steps that have to be done before. */
    List<PrepareStep> steps() {
        return steps;
    }

    Phase phase() {
        return node.phase();
    }

    /**
     * Returns the end of its last try; {@code null} before the first end, and for a job that was skipped or ended by a
     * mistake in this program.
     */
    @Nullable
    JobResult result() {
        return result;
    }

    /** Returns the exception that ended the job because of a mistake in this program; {@code null} if there is none. */
    @Nullable
    Throwable problem() {
        return node.problem();
    }

    /** This run has taken the job, and is about to start this attempt. */
    void claimed(int attempt) {
        claimed = attempt;
    }

    /**
     * Returns whether a state is that of an attempt of this run, or of one that its batch system has started again; false
     * if the job's files do not say so.
     */
    boolean isOwn(JobStatus status) {
        int last = status.lastAttempt().orElse(0);
        try {
            return claimed > 0
                    && (last == claimed || task.folder().attemptFiles().continuedBy(last) == claimed);
        } catch (IOException | WorkspaceException | JsonException unreadable) {
            return false;
        }
    }

    Future<Phase> end() {
        return node.end();
    }

    /** Returns whether the job had ended when it was submitted: it was done, or could not be read. */
    boolean isFoundEnded() {
        return task.found() instanceof JobStatus.Done || task.found() instanceof JobStatus.Corrupt;
    }

    /** Takes the job, and submits it to the scheduler, after its prepare steps and after all jobs that it depends on. */
    void submitTo(Scheduler scheduler) {
        steps.forEach(step -> step.submitTo(scheduler));
        if (isFoundEnded()) {
            result = new JobResult(task.found());
        }
        take(); // first: its end may be told at once, to callbacks that keep the run from its end
        scheduler.submit(node, found());
    }

    private Scheduler.Found found() {
        return switch (task.found()) {
            case JobStatus.Done _ -> Scheduler.Found.DONE;
            case JobStatus.Corrupt _ -> Scheduler.Found.FAILED;
            case JobStatus.Active _ -> Scheduler.Found.RUNNING;
            case JobStatus.New _, JobStatus.Failed _, JobStatus.Removed _ -> Scheduler.Found.TO_RUN;
        };
    }

    @Override
    public List<Demand> demands() {
        return isGivenUp ? List.of() : handler.demands(this);
    }

    @Override
    public Optional<Admission> admit() throws InterruptedException {
        return handler.admit(this);
    }

    /** Returns the tokens that it holds during its turn; {@code null} if it holds none. */
    @Nullable
    HeldTokens tokens() {
        return tokens;
    }

    /** Runs one try with tokens. */
    Ending runHolding(HeldTokens held) {
        tokens = held;
        try {
            return run();
        } finally {
            tokens = null;
        }
    }

    /** Ends its turn without a try, because it cannot have its tokens. */
    Ending refuse(JobResult reason) {
        result = reason;
        return new Ending.Failed();
    }

    @Override
    public int priority() {
        return priority;
    }

    @Override
    public long expected() {
        return handler.expected(task);
    }

    @Override
    public Ending run() {
        result = null;
        JobHandler.Turn turn = handler.run(this);
        result = turn.end();
        if (!(turn.ending() instanceof Ending.Again)) {
            retrial = null;
            isRequested = false;
            isGivenUp = false;
        }
        return turn.ending();
    }

    /** Sets who is told of each new phase, after the handler; called by the scheduler's thread. */
    void watchPhases(Consumer<Phase> watcher) {
        phases = watcher;
    }

    /** Sets who is told that the run takes the job, before its phases; called by the thread that submits it. */
    void watchTaken(Runnable watcher) {
        taken = watcher;
    }

    /** Returns the folder that has the files of the job: that of a former name or elsewhere, if the run makes no link to it. */
    JobFolder files() {
        return files;
    }

    @Override
    public void changed(Phase phase) {
        try {
            handler.changed(this, phase);
        } finally {
            phases.accept(phase);
        }
    }
}
