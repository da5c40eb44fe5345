package org.experimaestro.monitor.reason;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.experimaestro.WorkspaceException;
import org.experimaestro.monitor.reason.Reason.Kind;
import org.experimaestro.monitor.view.FailedDependencies;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.monitor.view.RunCommand;
import org.experimaestro.monitor.view.RunSubmission;
import org.experimaestro.monitor.view.RunView;
import org.experimaestro.workspace.BatchJobReference;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.RunEvent;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.RunLimit;
import org.experimaestro.workspace.RunState;
import org.experimaestro.workspace.Workspace;
import org.experimaestro.workspace.token.TokenFolder;
import org.experimaestro.workspace.token.TokenShare;
import org.experimaestro.workspace.token.TokenState;
import org.jspecify.annotations.Nullable;

/**
 * A search for the reasons why jobs wait or have failed, from files alone: the states of jobs, and the journals of the
 * runs that submitted them. Each journal is read once. Confined to one thread.
 */
public final class Reasons {
    private static final String AGAIN = "run the plan again from Java";

    private static final String TOKENS_ADVICE = "wait, or see who has them: experimaestro tokens list";

    private final Workspace workspace;
    private final Map<List<String>, RunView> runs = new HashMap<>();
    private final Map<List<String>, RunTurns> turns = new HashMap<>();
    private final Map<List<String>, RunState> states = new HashMap<>();
    private final Function<RunView, RunTurns> reader;
    private final FailedDependencies failed;
    private final TrashedJobs trash;
    /** The tokens of the workspace, which are read when the first job waits for some. */
    private @Nullable TokenState tokens;
    /** The jobs in the trash, which is read when the first of them is looked for. */
    private @Nullable Map<String, String> trashed;

    /**
     * Creates a search that reads whole journals.
     *
     * @param workspace the workspace of the view
     * @param view the jobs and runs
     */
    public Reasons(Workspace workspace, JobsView view) {
        this(workspace, view, RunTurns::of, new TrashedJobs(workspace));
    }

    /**
     * Creates a search.
     *
     * @param workspace the workspace of the view
     * @param view the jobs and runs
     * @param reader reads the journal of a run, of which it may know a part
     * @param trash the jobs in the trash of the workspace
     */
    public Reasons(Workspace workspace, JobsView view, Function<RunView, RunTurns> reader, TrashedJobs trash) {
        this.workspace = workspace;
        this.reader = reader;
        view.runs().forEach(run -> runs.put(key(run), run));
        this.failed = new FailedDependencies(view);
        this.trash = trash;
    }

    /**
     * Finds the reason why a job is not done.
     *
     * @param job the job
     * @return empty if the job is done or runs
     */
    public Optional<Reason> find(JobView job) {
        if (!job.problem().isEmpty()) {
            return Optional.of(Reason.of(
                    Kind.UNREADABLE,
                    job.problem(),
                    List.of(),
                    "repair or delete " + job.folder().path()));
        }
        return switch (job.status()) {
            case JobStatus.Done _, JobStatus.Removed _, JobStatus.Running _, JobStatus.Corrupt _ -> Optional.empty();
            case JobStatus.Queued queued -> Optional.of(queued(job, queued.batchJob()));
            case JobStatus.Starting starting -> Optional.of(starting(job, starting));
            case JobStatus.Failed failure -> Optional.of(job.isTriedAgain() ? waiting(job) : failed(job, failure));
            case JobStatus.New _ -> Optional.of(waiting(job));
        };
    }

    /**
     * Returns what there is to tell of a job that is done, and whose outputs were removed. It waits for nothing, so {@link
     * #find} returns nothing for it.
     *
     * @param job the job
     * @return empty for any other job
     */
    public static Optional<Reason> ofRemoved(JobView job) {
        return job.removed()
                .map(removed -> Reason.of(
                        Kind.OUTPUTS_REMOVED,
                        "the outputs of attempt " + removed.done().attempt()
                                + " were removed, because no job needed them any more",
                        List.of(),
                        "run a job that uses them, and this one runs again"));
    }

    /**
     * Returns the jobs of a run according to its journal.
     *
     * @param run a run of the view
     * @return its jobs
     */
    public RunTurns turns(RunView run) {
        return turns.computeIfAbsent(key(run), key -> reader.apply(run));
    }

    Workspace workspace() {
        return workspace;
    }

    // ---- jobs that have failed ----

    private Reason failed(JobView job, JobStatus.Failed failure) {
        String line = firstLine(failure.message());
        String phrase = failure.cause().phrase();
        return Reason.of(
                Kind.FAILED,
                (line.isEmpty() ? phrase : phrase + ": " + line) + withheld(job),
                List.of(),
                LogAdvice.of(workspace, job, failure));
    }

    /** Returns that a run has not tried a failed job again because of other failures; mostly an empty text. */
    private String withheld(JobView job) {
        RunView run = latest(job);
        // Only such a run withholds jobs, so that the journals of the others are not read for this.
        if (run == null || !run.description().containsKey(RunFolder.MAX_FAILURES)) {
            return "";
        }
        return turns(run)
                .last(job.name())
                .filter(event -> event.phase().equals(RunEvent.NOT_STARTED))
                .map(event ->
                        "; its run " + run.folder().qualifiedName() + " has not tried it again, " + event.message())
                .orElse("");
    }

    /** Returns the first line that is not blank, without space around it. */
    static String firstLine(String text) {
        return text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .findFirst()
                .orElse("");
    }

    // ---- jobs that a launcher has ----

    private Reason queued(JobView job, BatchJobReference batchJob) {
        RunEvent event = lastAtLauncher(job);
        String place = batchJob.launcher() + " has it as job " + batchJob.jobId();
        return event == null
                ? Reason.of(Kind.LAUNCHER, place, List.of(), question(batchJob))
                : atLauncher(place + ": " + event.waitsFor(), question(batchJob), event);
    }

    /** Returns the command by which a person asks the batch system, which knows more than its reason. */
    private static String question(BatchJobReference batchJob) {
        return switch (batchJob.type()) {
            case "slurm" -> "ask Slurm: scontrol show job " + batchJob.jobId();
            case "pbs" -> "ask PBS: qstat -f " + batchJob.jobId();
            default -> "";
        };
    }

    private Reason starting(JobView job, JobStatus.Starting starting) {
        RunEvent event = lastAtLauncher(job);
        return event == null
                ? Reason.of(Kind.STARTING, "it is being started by " + starting.claimant(), List.of(), "")
                : atLauncher(
                        event.waitsFor(),
                        "other runs and users have the rest of this host; wait, or ask for less",
                        event);
    }

    /** Returns the last line that a run has written about the wait of a job at its launcher. */
    private @Nullable RunEvent lastAtLauncher(JobView job) {
        @Nullable RunEvent found = null;
        for (RunSubmission submission : job.submissions()) {
            RunView run = runs.get(List.of(submission.experiment(), submission.run()));
            RunEvent event = run == null ? null : turns(run).last(job.name()).orElse(null);
            if (event != null && !event.waitsFor().isEmpty()) {
                found = event;
            }
        }
        return found;
    }

    // ---- jobs that a run has not started ----

    private Reason waiting(JobView job) {
        RunView run = latest(job);
        if (run == null) {
            return Reason.of(
                    Kind.NOT_SUBMITTED, "no run has submitted it", List.of(), "submit it in a plan, and run the plan");
        }
        RunEvent last = turns(run).last(job.name()).orElse(null);
        if (last != null && last.phase().equals(RunEvent.LEFT_OUT)) {
            return Reason.of(
                    Kind.LEFT_OUT,
                    "it was " + last.message() + " of its run " + run.folder().qualifiedName(),
                    List.of(),
                    "run the plan again without that option");
        }
        if (last != null && last.phase().equals(RunEvent.NOT_NEEDED)) {
            return Reason.of(
                    Kind.LEFT_OUT,
                    "no job that uses its result was to run in " + run.folder().qualifiedName(),
                    List.of(),
                    "submit a job that uses its result, or submit it by submit");
        }
        JobView lost = failed.find(job);
        if (lost != null) {
            return dependencyFailed(lost, run);
        }
        Optional<Reason> unprepared = PrepareReasons.skipped(
                run, last, () -> RunCommand.find(workspace, run).orElse(AGAIN));
        if (unprepared.isPresent()) {
            return unprepared.get();
        }
        if (last != null && last.phase().equals(RunEvent.NOT_STARTED)) {
            return Reason.of(
                    Kind.NOT_RUN,
                    "its run " + run.folder().qualifiedName() + " has not started it, " + last.message(),
                    List.of(),
                    RunCommand.find(workspace, run).orElse(AGAIN));
        }
        return switch (state(run)) {
            case ENDED, DIED -> notRun(job, run);
            case RUNNING, UNKNOWN -> inRun(job, run);
        };
    }

    private Reason dependencyFailed(JobView lost, RunView run) {
        String again = state(run) == RunState.RUNNING
                ? "experimaestro runs retry " + run.folder().qualifiedName() + " " + lost.name()
                        + LogAdvice.workdir(workspace)
                : RunCommand.find(workspace, run).orElse("run its plan again");
        return Reason.of(
                Kind.DEPENDENCY_FAILED,
                "it depends on " + lost.name() + ", which has failed",
                List.of(lost.name()),
                "see experimaestro jobs why " + lost.name() + LogAdvice.workdir(workspace) + "; then " + again);
    }

    private Reason notRun(JobView job, RunView run) {
        String end = state(run) == RunState.DIED
                ? "the process of its run " + run.folder().qualifiedName() + " has ended without recording the end"
                : "its run " + run.folder().qualifiedName() + " is over ("
                        + run.outcome().orElse("no outcome").toLowerCase(Locale.ROOT) + ")";
        String again = RunCommand.find(workspace, run).orElse(AGAIN);
        Optional<String> entry = trashed(job);
        if (entry.isPresent()) {
            return Reason.of(Kind.NOT_RUN, "it was cleaned, and is in the trash", List.of(), undo(entry.get()) + again);
        }
        if (turns(run).wasDone(job.name())) {
            end = "its result was deleted";
        }
        Optional<JobView> deleted = missing(job, run);
        if (deleted.isEmpty()) {
            return Reason.of(Kind.NOT_RUN, end, List.of(), again);
        }
        Optional<String> dependency = trashed(deleted.get());
        return Reason.of(
                Kind.DEPENDENCY_DELETED,
                "the result of " + deleted.get().name() + " was "
                        + (dependency.isPresent() ? "cleaned, and is in the trash" : "deleted"),
                List.of(deleted.get().name()),
                dependency.map(Reasons::undo).orElse("") + again);
    }

    /** Returns the entry of the trash that has a job which is new. */
    private Optional<String> trashed(JobView job) {
        if (!(job.status() instanceof JobStatus.New)) {
            return Optional.empty();
        }
        Map<String, String> known = trashed;
        if (known == null) {
            known = trash.current();
            trashed = known;
        }
        return Optional.ofNullable(known.get(job.name()));
    }

    private static String undo(String entry) {
        return "bring it back: experimaestro trash undo " + entry + "; or ";
    }

    private Reason inRun(JobView job, RunView run) {
        RunEvent event = turns(run).last(job.name()).orElse(null);
        if (event == null) {
            return dependency(job, run);
        }
        Reason reason = inRun(job, run, event);
        return state(run) == RunState.UNKNOWN && reason.asOf().isEmpty()
                ? new Reason(
                        reason.kind(),
                        reason.subject() + " (if its run " + run.folder().qualifiedName()
                                + " on another host still goes on)",
                        reason.jobs(),
                        reason.advice(),
                        reason.expectedStart(),
                        Optional.of(event.time()))
                : reason;
    }

    private Reason inRun(JobView job, RunView run, RunEvent event) {
        return switch (event.phase()) {
            case "READY" ->
                run.pausedSince().isPresent()
                        ? paused(run)
                        : event.waitsFor().isEmpty() ? inLine(job, run) : awaitingTokens(job, event);
            case "RUNNING" ->
                event.waitsFor().isEmpty()
                        ? Reason.of(Kind.STARTING, "its run is starting it", List.of(), "")
                        : atLauncher(event.waitsFor(), "", event);
            default -> event.expectedStart().isPresent() ? retry(event, run) : dependency(job, run);
        };
    }

    /** Returns the reason of a job that is ready, and has not asked for tokens. */
    private Reason inLine(JobView job, RunView run) {
        RunTurns known = turns(run);
        Optional<RunLimit> obstacle = known.findObstacle(job.name());
        Optional<RunLimit> token = known.findTokens(job.name());
        if (token.isPresent() && obstacle.filter(known::isFull).isEmpty()) {
            return behindOthers(token.get());
        }
        return obstacle.map(limit -> limited(limit, run, known))
                .orElseGet(() -> Reason.of(Kind.STARTING, "its turn has come", List.of(), ""));
    }

    /** Returns the reason of a job whose run has asked for tokens, for other jobs, that come first. */
    private Reason behindOthers(RunLimit limit) {
        String token = limit.token();
        List<String> holders =
                tokens().holders(token).stream().map(TokenShare::job).toList();
        String first = "other jobs of its run come first";
        return Reason.of(
                Kind.TOKENS,
                holders.isEmpty() ? TokenState.title(token) + ": " + first : tokens().taken(token) + "; " + first,
                holders,
                TOKENS_ADVICE);
    }

    /** Returns the reason of a job that waits for tokens: as the workspace has it now, or else as its run recorded it. */
    private Reason awaitingTokens(JobView job, RunEvent event) {
        Optional<TokenShare> share = tokens().findWaiting(job.name());
        if (share.isPresent()) {
            String obstacle = tokens().obstacle(share.get());
            return Reason.of(
                    Kind.TOKENS,
                    obstacle.isEmpty() ? "its turn has come" : obstacle,
                    tokens().blockers(share.get()),
                    TOKENS_ADVICE);
        }
        return new Reason(
                Kind.TOKENS, event.waitsFor(), List.of(), TOKENS_ADVICE, Optional.empty(), Optional.of(event.time()));
    }

    /** Returns the tokens of the workspace; none if they cannot be read, because the run has recorded what it saw. */
    private TokenState tokens() {
        TokenState known = tokens;
        if (known == null) {
            try {
                known = TokenFolder.of(workspace.root()).read();
            } catch (IOException | WorkspaceException unreadable) {
                known = TokenState.EMPTY;
            }
            tokens = known;
        }
        return known;
    }

    private static Reason paused(RunView run) {
        String name = run.folder().qualifiedName();
        return new Reason(
                Kind.PAUSED,
                "its run " + name + " is paused",
                List.of(),
                "resume it: experimaestro runs resume " + name,
                Optional.empty(),
                run.pausedSince());
    }

    private static Reason retry(RunEvent event, RunView run) {
        return new Reason(
                Kind.RETRY,
                event.message(),
                List.of(),
                "try it now: experimaestro runs retry " + run.folder().qualifiedName() + " " + event.job(),
                event.expectedStart(),
                Optional.empty());
    }

    private static Reason atLauncher(String subject, String advice, RunEvent event) {
        return new Reason(Kind.LAUNCHER, subject, List.of(), advice, event.expectedStart(), Optional.of(event.time()));
    }

    private Reason limited(RunLimit limit, RunView run, RunTurns known) {
        List<String> holders = known.holders(limit);
        Kind kind = limit.isHere()
                ? Kind.PLACE
                : limit.countsLauncherJobs()
                        ? Kind.LAUNCHER_LIMIT
                        : limit.countsTokens() ? Kind.TOKENS : Kind.RESOURCES;
        String taken = known.used(limit) + " of " + known.size(limit) + " " + limit.name() + " are taken";
        if (!known.isFull(limit)) {
            String first = kind == Kind.LAUNCHER_LIMIT
                    ? "; other jobs, or other runs of yours, come first"
                    : "; other jobs come first";
            return Reason.of(kind, taken + first, holders, "wait until its turn comes");
        }
        String advice = switch (kind) {
            case PLACE ->
                "allow more jobs at once: experimaestro runs set "
                        + run.folder().qualifiedName() + " --jobs N";
            case LAUNCHER_LIMIT -> "wait, or raise the limit of the launcher in the launcher file";
            case TOKENS -> TOKENS_ADVICE;
            default -> "wait, or ask for less in the job's requirement";
        };
        return Reason.of(kind, taken + (limit.amount() > 1 ? ", and it needs " + limit.amount() : ""), holders, advice);
    }

    private Reason dependency(JobView job, RunView run) {
        for (JobView dependency : failed.dependencies(job)) {
            if (!(dependency.status() instanceof JobStatus.Done)) {
                return Reason.of(
                        Kind.DEPENDENCY,
                        "it depends on " + dependency.name() + ", which is " + dependency.words(),
                        List.of(dependency.name()),
                        "see experimaestro jobs why " + dependency.name());
            }
        }
        return PrepareReasons.waiting(run)
                .orElseGet(() -> Reason.of(
                        Kind.STARTING,
                        "its run " + run.folder().qualifiedName() + " is about to look at it",
                        List.of(),
                        ""));
    }

    /** Finds a dependency whose result was there: the job's run found it done, and its folder says nothing any longer. */
    private Optional<JobView> missing(JobView job, RunView run) {
        List<JobView> deleted = new ArrayList<>(failed.dependencies(job));
        deleted.removeIf(dependency ->
                !(dependency.status() instanceof JobStatus.New) || !turns(run).wasDone(dependency.name()));
        return deleted.stream().findFirst();
    }

    private @Nullable RunView latest(JobView job) {
        List<RunSubmission> submissions = job.submissions();
        if (submissions.isEmpty()) {
            return null;
        }
        // A run that goes on will start the job, even if a later one is over.
        for (RunSubmission submission : submissions.reversed()) {
            RunView run = runs.get(List.of(submission.experiment(), submission.run()));
            if (run != null && state(run) == RunState.RUNNING) {
                return run;
            }
        }
        RunSubmission last = submissions.getLast();
        return runs.get(List.of(last.experiment(), last.run()));
    }

    /** Returns the state of a run, which is asked once, because that looks for its process. */
    private RunState state(RunView run) {
        return states.computeIfAbsent(key(run), key -> run.state());
    }

    private static List<String> key(RunView run) {
        return List.of(run.folder().experiment(), run.folder().name());
    }
}
