package org.experimaestro.cli.experiment;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.experimaestro.Isolation;
import org.experimaestro.RetryPolicy;
import org.experimaestro.RunMode;
import org.experimaestro.base.text.VisibleText;
import org.experimaestro.cli.output.Printer;
import org.experimaestro.cli.output.ValueTexts;
import org.experimaestro.cli.plan.PlannedJobs;
import org.experimaestro.cli.web.PageFinder;
import org.experimaestro.cli.web.ServedPage;
import org.experimaestro.engine.ExperimentSetup;
import org.experimaestro.engine.PrepareNews;
import org.experimaestro.engine.RunAccount;
import org.experimaestro.engine.RunListener;
import org.experimaestro.engine.RunResult;
import org.experimaestro.engine.SubmittedTask;
import org.experimaestro.engine.job.JobResult;
import org.experimaestro.engine.schedule.Phase;
import org.experimaestro.monitor.explain.NearestJob;
import org.experimaestro.notify.Channels;
import org.experimaestro.notify.Notifier;
import org.experimaestro.settings.BoundSettings;
import org.experimaestro.web.address.PageView;
import org.experimaestro.workspace.JobCount;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.LogTail;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.Workspace;
import org.experimaestro.workspace.WorkspaceLayout;
import org.jspecify.annotations.Nullable;

/** A listener that prints a run's events, one line each. In a terminal, a live line stands below them. Thread-safe. */
final class RunConsole implements RunListener, AutoCloseable {
    /** The name of an experiment's last run in addresses. */
    private static final int TAIL_LINES = 12;

    private static final int SHOWN_FAILURES = 5;
    private static final int ID_DIGITS = 8;
    /** The most characters of a failure in the line about it; the end of the run has the whole message. */
    private static final int LONGEST_REASON = 160;

    /** The longest time for which notifications hold up the end of a run. */
    private static final Duration LONG_WAIT = Duration.ofSeconds(20);
    /** The same if its process was asked to end. */
    private static final Duration SHORT_WAIT = Duration.ofSeconds(5);

    private final RunMode mode;
    private final @Nullable LiveLine live;
    private final Printer out = Printer.standardOutput();
    private final RunCounts counts = new RunCounts();
    private final PrepareLines steps = counts.steps();
    private final Set<String> attached = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean isWithheld = new AtomicBoolean();
    private String experiment = "";
    private Path workspace = Path.of("");
    private boolean detached;
    private StopAction stopAction = StopAction.LEAVE;
    private Consumer<JobFolder> onDone = job -> {};
    /** The jobs that use outputs that were removed, by the names of the jobs that run again for them. */
    private final Map<String, String> again = new ConcurrentHashMap<>();

    private final Map<String, String> formers = new ConcurrentHashMap<>();
    private @Nullable PlannedJobs planned;
    private @Nullable PlainProgress plain;
    private volatile @Nullable Channels channels;
    private volatile @Nullable Notifier notifier;
    private final Thread farewell = new Thread(this::stopLive, "experimaestro-farewell");

    private RunConsole(RunMode mode, @Nullable LiveLine live) {
        this.mode = mode;
        this.live = live;
        Runtime.getRuntime().addShutdownHook(farewell);
    }

    static RunConsole open(RunMode mode) {
        boolean terminal = Printer.isTerminal() && (mode == RunMode.NORMAL || mode == RunMode.PREPARE);
        return new RunConsole(mode, terminal ? LiveLine.open() : null);
    }

    /** Shows a step of the preparation that may take seconds. */
    void step(String text) {
        if (live != null) {
            live.show(text);
        } else {
            out.line(text + " …");
        }
    }

    void begin(ExperimentSetup setup) {
        String what = switch (mode) {
            case NORMAL -> "Experiment ";
            case DRY_RUN -> "Dry run of experiment ";
            case GENERATE -> "Generating experiment ";
            case PREPARE -> "Preparing experiment ";
        };
        out.line(what + setup.name() + ", workspace " + setup.workspace());
        experiment = setup.name();
        workspace = setup.workspace();
        detached = setup.detached();
        counts.setJobsHere(setup.jobs());
        planned = mode == RunMode.DRY_RUN ? new PlannedJobs(setup) : null;
        if (live != null) {
            live.follow(counts);
        } else if (mode == RunMode.NORMAL) {
            plain = new PlainProgress(counts, out, Clock.system(ZoneId.systemDefault()));
            plain.begin();
        }
    }

    /** Sets what is told of each job that is done. */
    void onDone(Consumer<JobFolder> action) {
        onDone = action;
    }

    /** Prints the numbers of points of the grids, and warns of repeated points. */
    void grids(BoundSettings<?> settings) {
        settings.grids().forEach(out::line);
        settings.warnings().forEach(out::warning);
    }

    /** Sets the fate of the jobs that run when the run is stopped. */
    void onStop(StopAction action) {
        stopAction = action;
    }

    /** Sends notifications about the run over some channels. */
    void notifyOver(Channels wanted) {
        channels = wanted;
    }

    @Override
    public void begun(RunFolder run) {
        Channels open = channels;
        if (open != null && !open.isEmpty()) {
            notifier = Notifier.start(run, open, this::warning);
        }
    }

    /** Shows where the page of the run is. */
    void served(ServedPage page) {
        page.lines(PageView.ofRun(experiment, PageView.LATEST)).forEach(out::line);
    }

    /** Leaves the terminal to a view. */
    void hideLive() {
        if (live != null) {
            live.hide();
        }
    }

    /** Shows the live line again, below what a view has left. */
    void unhideLive(List<String> farewell) {
        if (live != null) {
            live.unhide();
        }
        farewell.forEach(out::line);
    }

    @Override
    public void warning(String text) {
        out.warning(text);
    }

    @Override
    public void notice(String text) {
        out.line(text);
    }

    @Override
    public void foundByFormerName(JobFolder job, JobFolder former) {
        formers.put(job.name(), former.name());
    }

    @Override
    public void submitted(SubmittedTask task) {
        counts.submitted(task);
        if (mode == RunMode.DRY_RUN || mode == RunMode.GENERATE) {
            out.line(PlannedJobTexts.headline(
                    task, again.getOrDefault(task.folder().name(), "")));
            String former = formers.get(task.folder().name());
            if (former != null) {
                out.line("    under its former name " + former);
            }
            if (planned != null) {
                printReason(task, planned);
            }
            task.hooked().changes().forEach(change -> out.line("    hook " + change));
            if (task.placement() != null && !task.retries().equals(RetryPolicy.none())) {
                out.line("    retries: " + task.retries());
            }
            if (task.placement() != null && task.isolation().isolation() != Isolation.PROCESS) {
                out.line("    isolation: " + task.isolation().isolation() + ", "
                        + task.isolation().source());
            }
            task.dependencies().forEach(dependency -> out.line("    after " + dependency));
        }
    }

    /** Remembers for which job the outputs of a job are made again, until it is submitted. */
    @Override
    public void runsAgain(SubmittedTask task, String user) {
        again.put(task.folder().name(), user);
        if (mode == RunMode.NORMAL) {
            out.line("again    " + name(task) + ", whose outputs were removed"
                    + (user.isEmpty() ? "" : ", for " + user));
        }
    }

    @Override
    public void outputsRemoved(SubmittedTask task) {
        out.line("removed  the outputs of " + name(task) + ", which no job needs any more");
    }

    @Override
    public void prepares(PrepareNews news) {
        if (mode == RunMode.DRY_RUN) {
            out.line(PrepareLines.planned(news));
        } else {
            steps.changed(news).ifPresent(out::line);
        }
    }

    /** Prints the reason why a run would run a job. */
    private void printReason(SubmittedTask task, PlannedJobs jobs) {
        jobs.submitted(task);
        Optional<NearestJob.Other> nearest = jobs.findNearestDone(task);
        if (task.found() instanceof JobStatus.Failed failed) {
            out.message("    " + PlannedJobTexts.failure(failed), failed.message());
        } else if (task.found() instanceof JobStatus.New) {
            nearest.ifPresent(other -> out.line("    " + PlannedJobTexts.difference(other)));
        }
    }

    @Override
    public void changed(SubmittedTask task, Phase phase) {
        Optional<Duration> ran = counts.changed(task, phase);
        switch (phase) {
            case RUNNING -> {
                // Only once: later attempts of the job are started by this run.
                if (task.found().isActive() && attached.add(task.folder().name())) {
                    out.line("attached " + name(task) + ", which another run has started");
                } else if (plain != null) {
                    plain.starts(task);
                }
            }
            case DONE -> {
                if (!(task.found() instanceof JobStatus.Done)) {
                    onDone.accept(task.folder());
                    out.line("done     " + name(task)
                            + took(task, ran)
                                    .map(time -> " in " + ValueTexts.of(time))
                                    .orElse("") + " " + counts.fraction());
                }
            }
            case SKIPPED -> out.line("skipped  " + name(task) + " (a dependency failed) " + counts.fraction());
            case WAITING, READY, FAILED -> {}
        }
    }

    /** Prints the reason once, because it is that of all jobs. */
    @Override
    public void withheld(SubmittedTask task, String reason) {
        counts.changed(task, Phase.SKIPPED);
        if (isWithheld.compareAndSet(false, true)) {
            out.line("stops    no more jobs are started " + reason);
        }
    }

    @Override
    public void leftOut(SubmittedTask task, String reason) {
        if (mode == RunMode.DRY_RUN || mode == RunMode.GENERATE) {
            out.line(PlannedJobTexts.name(task) + "  " + reason);
        }
    }

    @Override
    public void failed(SubmittedTask task, JobResult end) {
        out.line(
                end.status().isActive()
                        ? "left     " + name(task) + ", which goes on without this run " + counts.fraction()
                        : "FAILED   " + name(task) + " " + counts.fraction() + reason(end.status()));
    }

    /** Returns a failure as the end of a line; an empty text if the job cannot be read. */
    private static String reason(JobStatus status) {
        if (!(status instanceof JobStatus.Failed failed)) {
            return "";
        }
        String message = ValueTexts.line(failed.message(), LONGEST_REASON);
        return ": " + failed.cause().phrase() + (message.isEmpty() ? "" : ": " + message);
    }

    /**
     * Returns the time that a job ran. The run's own count may include waiting at a launcher, so the job's record is
     * read there.
     */
    private static Optional<Duration> took(SubmittedTask task, Optional<Duration> ran) {
        boolean waited =
                task.placement() != null && !task.placement().launcher().isHere();
        return waited ? task.folder().status().duration() : ran;
    }

    @Override
    public void triedAgain(SubmittedTask task, String decision) {
        out.message("again    " + name(task) + ": ", decision);
    }

    @Override
    public void requested(String request, boolean isAccepted, String answer) {
        out.message((isAccepted ? "asked    " : "refused  ") + VisibleText.of(request) + ": ", answer);
    }

    @Override
    public void awaitsTokens(SubmittedTask task, String obstacle) {
        if (!obstacle.isEmpty() && live == null) {
            out.line("waits    " + name(task) + ": " + obstacle);
        }
    }

    /** Prints each reason for waiting once. The live line shows the number of jobs for each reason. */
    @Override
    public void statusChanged(SubmittedTask task, String state) {
        if (counts.statusChanged(task, state) && live == null) {
            out.line("waits    " + name(task) + ": " + state);
        }
        if (state.isEmpty() && plain != null) {
            plain.runs(task);
        }
    }

    @Override
    public void ended(RunResult result) {
        stopLive();
        result.failures().stream().limit(SHOWN_FAILURES).forEach(this::explain);
        if (result.failures().size() > SHOWN_FAILURES) {
            out.line("… and " + (result.failures().size() - SHOWN_FAILURES) + " more.");
        }
        if (planned != null) {
            planned.problems().forEach(out::warning);
        }
        out.line(summary(result));
        if (mode == RunMode.NORMAL) {
            if (!formers.isEmpty()) {
                out.line(AccountTexts.jobs(formers.size())
                        + " done under former names: jobs show has the folder of each result");
            }
            RunHints.energy(result.account()).ifPresent(out::line);
            RunHints.line(result.account()).ifPresent(out::line);
            out.line("Results: " + result.results() + ", jobs: " + WorkspaceLayout.jobs(workspace));
            // A page of this process ends with the run.
            PageFinder.findLink(
                            Workspace.view(workspace),
                            PageView.ofRun(experiment, PageView.LATEST),
                            page -> !page.process().equals(ProcessIdentity.current()))
                    .ifPresent(out::line);
        }
        endNotifications(LONG_WAIT);
    }

    private String summary(RunResult result) {
        if (mode == RunMode.PREPARE) {
            return steps.summary() + ". No job was run.";
        }
        if (mode != RunMode.NORMAL) {
            int leftOut = result.account().count(JobCount.LEFT_OUT);
            int notNeeded = result.account().count(JobCount.NOT_NEEDED);
            return AccountTexts.jobs(result.total()) + ": " + result.doneBefore() + " done, "
                    + (leftOut > 0 ? leftOut + " left out, " : "")
                    + (notNeeded > 0 ? notNeeded + " not needed, " : "")
                    + (result.total() - result.doneBefore() - leftOut - notNeeded)
                    + (mode == RunMode.DRY_RUN ? " to run. Nothing was written." : " generated. Nothing was run.");
        }
        String counts = AccountTexts.counts(result.account());
        return detached
                ? counts + ". Run the same command without --detach to wait for them, and for the report."
                : counts + ".";
    }

    private void explain(RunAccount.Job failure) {
        SubmittedTask task = failure.task();
        out.line();
        switch (failure.status()) {
            case JobStatus.Corrupt corrupt -> {
                out.message(name(task) + " cannot be read: ", corrupt.message());
                out.line("    in " + task.folder().path());
            }
            case JobStatus.Active _ -> {
                out.message(
                        name(task) + " goes on without this run: ",
                        failure.end().message());
                out.line("    the next run waits for it");
            }
            case JobStatus.Failed failed -> {
                out.message(name(task) + " " + failed.cause().phrase() + ": ", failed.message());
                failed.lastAttempt().ifPresent(attempt -> showLog(task.folder().standardError(attempt)));
            }
            case JobStatus.New _, JobStatus.Done _, JobStatus.Removed _ -> out.message(name(task) + " failed: ", "");
        }
    }

    /** A job that was refused, or whose process was never started, has no log. */
    private void showLog(Path log) {
        if (!Files.exists(log)) {
            return;
        }
        LogTail.of(log, TAIL_LINES).forEach(line -> out.line("    | " + line));
        out.line("    log: " + log);
    }

    static String name(SubmittedTask task) {
        String text = task.typeId() + "/" + task.id().toString().substring(0, ID_DIGITS);
        return task.tags().isEmpty() ? text : text + "  " + ValueTexts.of(task.tags());
    }

    @Override
    public void stopping(RunAccount account) {
        stopLive();
        endLeft(StoppedJobs.own(account), StoppedJobs.ofOthers(account));
    }

    @Override
    public void stopped(RunAccount account) {
        stopLive();
        if (account.total() > 0) {
            out.line();
            AccountTexts.stopped(account, experiment, workspace).forEach(out::line);
            System.out.flush();
        }
        endNotifications(SHORT_WAIT); // the process may be about to end
    }

    /** Ends the jobs of this run, if its user wants that, and names those of other runs, which go on. */
    private void endLeft(List<JobFolder> own, List<JobFolder> ofOthers) {
        String them = own.size() == 1 ? "it" : "them";
        boolean asks =
                stopAction == StopAction.ASK && !own.isEmpty() && Printer.isTerminal() && StoppedJobs.isByCtrlC();
        if (stopAction == StopAction.KILL || asks && StoppedJobs.isAskedAgain(() -> askToEnd(own.size(), them))) {
            if (!own.isEmpty()) {
                out.line("Ending " + them + " …");
                StoppedJobs.end(workspace, own, (job, result) -> out.message("    " + job.name() + " ", result));
            }
            ofOthers.forEach(job -> out.line("    " + job.name() + " goes on: another run has started it"));
        }
    }

    private void askToEnd(int jobs, String them) {
        out.line(AccountTexts.jobs(jobs) + (jobs == 1 ? " goes on" : " go on") + ". Press Ctrl-C again within "
                + StoppedJobs.SECONDS_TO_ASK + " s to end " + them + ".");
        System.out.flush();
    }

    private void endNotifications(Duration limit) {
        Notifier begun = notifier;
        if (begun != null) {
            begun.close(limit);
        }
    }

    private void stopLive() {
        if (live != null) {
            live.close();
        }
        if (plain != null) {
            plain.close();
        }
    }

    @Override
    public void close() {
        stopLive();
        endNotifications(LONG_WAIT);
        System.out.flush();
        try {
            Runtime.getRuntime().removeShutdownHook(farewell);
        } catch (IllegalStateException endsAnyway) {
            return; // the process is ending: the hook has run, or has nothing to close
        }
    }
}
