package org.experimaestro.web.api;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.experimaestro.WorkspaceException;
import org.experimaestro.base.file.Folders;
import org.experimaestro.monitor.detail.JobCaptions;
import org.experimaestro.monitor.index.WorkspaceIndex;
import org.experimaestro.monitor.log.MetricTails;
import org.experimaestro.monitor.reason.Reasons;
import org.experimaestro.monitor.reason.RunTurns;
import org.experimaestro.monitor.reason.TrashedJobs;
import org.experimaestro.monitor.storage.JobUses;
import org.experimaestro.monitor.timeline.RunSpans;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.monitor.view.RunView;
import org.experimaestro.monitor.view.SkippedJobs;
import org.experimaestro.monitor.view.SubmittedJobs;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.Workspace;
import org.jspecify.annotations.Nullable;

/** The workspace that a server shows, with what its answers are made from. Thread-safe. */
public final class Monitored {
    /** The most selections that are remembered: a page asks for three, and several pages may be open. */
    private static final int MOST_SELECTIONS = 32;

    /** The most rows of all remembered selections together, of some 50 bytes each with their groups. */
    private static final long MOST_ROWS = 400_000;

    private static final int MOST_RUNS = 8;

    /** The most runs whose counts are kept: those of lists of experiments and runs. */
    private static final int MOST_COUNTED = 1_000;

    /** The most jobs whose files are remembered, and for how long: a task writes files that no index looks at. */
    private static final int MOST_JOBS = 16;

    private static final Duration FILES_AGE = Duration.ofSeconds(10);

    /** The most jobs whose sizes are remembered, and for how long: jobs that nothing refers to do not run. */
    private static final int MOST_SIZES = 1_000;

    private static final Duration SIZE_AGE = Duration.ofMinutes(10);

    /** The most turns that later attempts have followed, and whose files are remembered. */
    private static final int MOST_TURNS = 20_000;

    private final Workspace workspace;
    private final AtomicLong actions = new AtomicLong();
    private final WorkspaceIndex index;
    private final InstantSource clock;
    private final Map<String, String> presets;
    /** The runs whose turns were asked for, the least recently used one first. */
    private final Map<Path, RunSpans> spans = new LinkedHashMap<>(16, 0.75f, true);

    /** The turns of runs by their journals, the least recently used one first. */
    private final Map<Path, RunTurns> turns = new LinkedHashMap<>(16, 0.75f, true);

    private final JobMemory<JobFileContent> jobFiles = new JobMemory<>(MOST_JOBS, FILES_AGE);
    private final JobMemory<Long> jobSizes = new JobMemory<>(MOST_SIZES, SIZE_AGE);
    private final MetricTails metricTails = new MetricTails();
    private final TurnFiles turnFiles = new TurnFiles(MOST_TURNS);
    private final TrashedJobs trashed;
    private final PerView<SelectedRows.Question, SelectedRows> selected = new PerView<>(
            MOST_SELECTIONS, MOST_ROWS, selection -> selection.rows().size());
    private final PerView<RunFolder, Set<String>> skipped = new PerView<>(MOST_SELECTIONS);
    private final PerView<RunFolder, Map<CountedState, Integer>> counts = new PerView<>(MOST_COUNTED);
    private final PerView<Workspace, JobCaptions> captions = new PerView<>(1);
    private final PerView<Workspace, JobUses> uses = new PerView<>(1);
    private final NearestMemory nearest;
    private final TypeMemory types;
    private final boolean readOnly;
    private final String program;
    private final Optional<String> sshHost;
    private volatile List<NotedAction> noted = List.of();
    private volatile Runnable actionListener = () -> {};
    private @Nullable JobsView stored;
    private @Nullable JobsView view;

    /**
     * Creates the source of answers of a server that may act, and has no version.
     *
     * @param workspace the workspace
     * @param index its index, which somebody refreshes
     * @param clock the clock that ages and forecasts are computed with
     * @param presets the filters that the user has named, by their names
     */
    public Monitored(Workspace workspace, WorkspaceIndex index, InstantSource clock, Map<String, String> presets) {
        this(workspace, index, clock, presets, false, "", Optional.empty());
    }

    /**
     * Creates the source of answers.
     *
     * @param workspace the workspace
     * @param index its index, which somebody refreshes
     * @param clock the clock that ages and forecasts are computed with
     * @param presets the filters that the user has named, by their names
     * @param readOnly whether the server refuses all actions
     * @param program the version of Experimaestro
     * @param sshHost the name by which the person who asks reaches this machine with ssh; empty on the same machine
     */
    public Monitored(
            Workspace workspace,
            WorkspaceIndex index,
            InstantSource clock,
            Map<String, String> presets,
            boolean readOnly,
            String program,
            Optional<String> sshHost) {
        this.workspace = workspace;
        this.index = index;
        this.clock = clock;
        this.presets = Map.copyOf(presets);
        this.readOnly = readOnly;
        this.program = program;
        this.trashed = new TrashedJobs(workspace);
        this.sshHost = sshHost;
        this.nearest = new NearestMemory(workspace);
        this.types = new TypeMemory(workspace);
    }

    /** Returns the workspace. */
    public Workspace workspace() {
        return workspace;
    }

    /** Returns the name of this machine. */
    public static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException unnamed) {
            return "localhost";
        }
    }

    /** Returns the index. */
    public WorkspaceIndex index() {
        return index;
    }

    /** Reads the files again after an action, which may have changed what no index knows, such as pins and notes. */
    public void changed() {
        index.refresh();
        acted();
    }

    /** Records an action: no answer made before is current. */
    private void acted() {
        actions.incrementAndGet();
        actionListener.run();
    }

    /**
     * Sets what is called after each action.
     *
     * @param listener returns soon; called by several threads
     */
    public void listenToActions(Runnable listener) {
        actionListener = listener;
    }

    /**
     * Shows the actions that wait, and the last ones that have waited.
     *
     * @param all the actions in the order of their confirmation
     */
    public void showNoted(List<NotedAction> all) {
        noted = List.copyOf(all);
        acted();
    }

    /** Returns the actions that wait, and the last ones that have waited. */
    List<NotedAction> notedActions() {
        return noted;
    }

    /** Returns the number of actions so far. */
    public long actions() {
        return actions.get();
    }

    /** Returns the time at which an answer is made. */
    public Instant now() {
        return clock.instant();
    }

    /** Returns the filters that the user has named. */
    public Map<String, String> presets() {
        return presets;
    }

    /** Returns whether the server refuses all actions. */
    public boolean readOnly() {
        return readOnly;
    }

    /** Returns the name by which the person who asks reaches this machine with ssh; empty on the same machine. */
    Optional<String> sshHost() {
        return sshHost;
    }

    /** Returns the version of Experimaestro. */
    public String program() {
        return program;
    }

    /**
     * Returns the current jobs, with those that the current runs have submitted and that have no folder.
     *
     * @return the same view until the index changes
     * @throws WorkspaceException if the workspace has been moved, or its file system is gone: it would look empty
     */
    public synchronized JobsView view() {
        if (!workspace.exists()) {
            throw WorkspaceException.of("Cannot read the workspace " + workspace.root() + ": it is not there any more")
                    .cause(new NoSuchFileException(workspace.root().toString()))
                    .advice("bring it back, or mount its file system; this page then shows it again")
                    .build();
        }
        JobsView current = index.view();
        JobsView known = view;
        if (known == null || stored != current) {
            known = SubmittedJobs.addTo(workspace, current);
            stored = current;
            view = known;
        }
        return known;
    }

    /** Returns the turns of a run's jobs, of which a call reads what was added. */
    synchronized RunSpans spans(RunFolder run) {
        RunSpans known = spans.computeIfAbsent(run.path(), path -> new RunSpans(run));
        if (spans.size() > MOST_RUNS) {
            spans.remove(spans.keySet().iterator().next());
        }
        return known;
    }

    /** Returns the metrics over time of the jobs that charts show. */
    MetricTails metricTails() {
        return metricTails;
    }

    /** Returns the files of turns that later attempts have followed. */
    TurnFiles turnFiles() {
        return turnFiles;
    }

    /** Returns the selections of the current view that were asked for. */
    PerView<SelectedRows.Question, SelectedRows> selected() {
        return selected;
    }

    /**
     * Returns the jobs that runs do not start.
     *
     * @param of a view of this workspace
     * @param run a run of it; without one, a new job is never skipped
     * @return their names
     */
    Set<String> skipped(JobsView of, Optional<RunView> run) {
        return run.map(each -> skipped.get(of, each.folder(), () -> SkippedJobs.of(of, each)))
                .orElse(Set.of());
    }

    /**
     * Returns the line of a run, whose jobs are counted once for a view.
     *
     * @param of a view of this workspace
     * @param run a run of it
     * @return the line
     */
    RunLine line(JobsView of, RunView run) {
        return RunLine.of(run, counts.get(of, run.folder(), () -> RunLine.counts(of, run)));
    }

    /**
     * Returns the lines about jobs.
     *
     * @param of a view of this workspace
     * @return a line for each job that is asked for
     */
    JobCaptions captions(JobsView of) {
        return captions.get(of, workspace, () -> new JobCaptions(of, reasons(of), ZoneId.systemDefault()));
    }

    /**
     * Returns a new search for the reasons why jobs wait or have failed, which reads what was added to the journals.
     *
     * @param of a view of this workspace, or of some of its jobs
     * @return the search, for one thread
     */
    Reasons reasons(JobsView of) {
        return new Reasons(workspace, of, this::turns, trashed);
    }

    /** Returns the turns of a run by its journal, of which a call reads what was added. */
    RunTurns turns(RunView run) {
        synchronized (turns) {
            RunTurns known = turns.get(run.folder().path());
            RunTurns now = known == null ? RunTurns.of(run) : known.next();
            turns.put(run.folder().path(), now);
            if (turns.size() > MOST_RUNS) {
                turns.remove(turns.keySet().iterator().next());
            }
            return now;
        }
    }

    /** Returns what the files of a job say, read again when the job has changed, or after some seconds. */
    JobFileContent files(JobView job) {
        return jobFiles.get(job, now(), () -> JobFileContent.read(job));
    }

    /** Returns the bytes of a job's files, read again when the job has changed, or after some minutes. */
    long size(JobView job) {
        return jobSizes.get(job, now(), () -> Folders.size(job.folder().path()));
    }

    /**
     * Returns which jobs use which.
     *
     * @param of a view of this workspace
     * @return the uses according to its runs and to the parameters of its jobs
     */
    JobUses uses(JobsView of) {
        return uses.get(of, workspace, () -> JobUses.of(of));
    }

    /** Returns the nearest done jobs of jobs that were asked for. */
    NearestMemory nearest() {
        return nearest;
    }

    /** Returns the types of the workspace's code. */
    TypeMemory types() {
        return types;
    }
}
