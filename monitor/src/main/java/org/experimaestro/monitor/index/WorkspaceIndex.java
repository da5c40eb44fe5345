package org.experimaestro.monitor.index;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.experimaestro.ConfigId;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.monitor.view.RunView;
import org.experimaestro.workspace.ExperimentFolder;
import org.experimaestro.workspace.Workspace;
import org.experimaestro.workspace.WorkspaceLayout;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a workspace, in memory: made from its files at any time, and kept up to date at the cost of what changes.
 * Thread-safe.
 *
 * <p>A {@link #refresh} looks at the folders whose names may have changed, at the runs that go on, at the jobs that these runs
 * name, and at the jobs that are active. A workspace may also be changed by hand, behind the back of all runs: so each refresh
 * looks at some of the other jobs in turn, and {@link #reread} at all.
 */
public final class WorkspaceIndex {
    /** How many jobs in a final state a refresh looks at. */
    static final int SLICE = 64;
    /** How many jobs a refresh looks at that have ended without a word, or cannot be read. */
    static final int DOUBTFUL_SLICE = 16;
    /** How many runs a refresh looks at that have ended, or are silent. */
    static final int RUN_SLICE = 4;
    /** To store what took less than reading so many jobs costs more than it saves. */
    private static final int WORTH_STORING = 500;

    private static final int MOST_CHANGES = 200_000;

    private final Workspace workspace;
    private final Clock clock;
    private final @Nullable IndexSnapshot snapshot;
    private final int slice;
    private final Listing<Listing<JobEntry>> types;
    private final Listing<Listing<RunEntry>> experiments;
    private final Submissions submissions = new Submissions();
    private final Set<JobEntry> active = new LinkedHashSet<>();
    private final Set<JobEntry> recent = new LinkedHashSet<>();
    private final Set<JobEntry> doubtful = new LinkedHashSet<>();
    private final ChangeLog log = new ChangeLog(MOST_CHANGES);
    private final List<Consumer<Changes>> listeners = new CopyOnWriteArrayList<>();
    private final Map<String, Change> pending = new LinkedHashMap<>();
    private IndexSnapshot.Content restored = IndexSnapshot.Content.NONE;
    private List<String> problems = List.of();
    private String nextJob = "";
    private String nextRun = "";
    private int readAnew;
    private boolean isOpening = true;
    private @Nullable JobsView view;

    private WorkspaceIndex(Workspace workspace, Clock clock, @Nullable IndexSnapshot snapshot, int slice) {
        this.workspace = workspace;
        this.clock = clock;
        this.snapshot = snapshot;
        this.slice = slice;
        this.types = new Listing<>(WorkspaceLayout.jobs(workspace.root()), name -> true);
        this.experiments = new Listing<>(WorkspaceLayout.experiments(workspace.root()), name -> true);
    }

    /**
     * Reads a workspace, with the help of the copy of its index in this user's cache.
     *
     * @param workspace the workspace, which need not exist
     * @return its index, as it is now
     */
    public static WorkspaceIndex open(Workspace workspace) {
        return open(
                workspace, Clock.systemUTC(), IndexSnapshot.inCache(workspace).orElse(null), SLICE);
    }

    /**
     * Reads a workspace.
     *
     * @param workspace the workspace, which need not exist
     * @param clock the time
     * @param snapshot the copy of its index; {@code null} to read the files only
     * @param slice how many jobs in a final state each refresh looks at
     * @return its index, as it is now
     */
    static WorkspaceIndex open(Workspace workspace, Clock clock, @Nullable IndexSnapshot snapshot, int slice) {
        WorkspaceIndex index = new WorkspaceIndex(workspace, clock, snapshot, slice);
        if (snapshot != null) {
            index.restored = snapshot.read();
        }
        index.refresh();
        index.restored = IndexSnapshot.Content.NONE;
        index.isOpening = false;
        return index;
    }

    /**
     * Looks at what may have changed.
     *
     * @return what has
     */
    public Changes refresh() {
        Changes changes;
        synchronized (this) {
            Set<String> resubmitted = new LinkedHashSet<>();
            Set<String> named = new LinkedHashSet<>();
            lookAtRuns(resubmitted, named);
            lookAtFolders();
            Set<JobEntry> jobs = new LinkedHashSet<>(active);
            jobs.addAll(recent);
            jobs.addAll(first(doubtful));
            jobs.addAll(next());
            for (String name : named) {
                findEntry(name).ifPresent(jobs::add);
            }
            jobs.forEach(this::look);
            for (String name : resubmitted) {
                findEntry(name).ifPresent(this::resubmitted);
            }
            changes = publish();
        }
        if (!changes.list().isEmpty()) {
            listeners.forEach(listener -> listener.accept(changes));
        }
        return changes;
    }

    /**
     * Reads everything again, whatever its times are.
     *
     * @return what was not as it was known
     */
    public Changes reread() {
        synchronized (this) {
            types.forget();
            experiments.forget();
            types.entries().values().forEach(type -> {
                type.forget();
                type.entries().values().forEach(job -> {
                    job.forget();
                    recent.add(job);
                });
            });
            experiments.entries().values().forEach(experiment -> {
                experiment.forget();
                experiment.entries().values().forEach(RunEntry::forget);
            });
        }
        return refresh();
    }

    private void lookAtRuns(Set<String> resubmitted, Set<String> named) {
        experiments.look(
                clock,
                this::newExperiment,
                experiment -> experiment.entries().values().forEach(run -> remove(run, resubmitted)));
        int left = RUN_SLICE;
        String last = "";
        for (Map.Entry<String, Listing<RunEntry>> experiment :
                experiments.entries().entrySet()) {
            ExperimentFolder folder = workspace.experiment(experiment.getKey());
            Listing<RunEntry> runs = experiment.getValue();
            runs.look(clock, name -> newRun(folder, name, resubmitted, named), run -> remove(run, resubmitted));
            for (RunEntry run : runs.entries().values()) {
                String name = name(run);
                boolean isInTurn = left > 0 && name.compareTo(nextRun) > 0;
                if (isInTurn) {
                    left--;
                    last = name;
                }
                boolean isLatest = run.folder().name().equals(runs.entries().lastKey());
                if ((isInTurn || run.isLive(clock, isLatest)) && run.look(clock, resubmitted, named)) {
                    put(new Change.RunChanged(
                            run.folder().experiment(), run.folder().name()));
                }
            }
        }
        // At the end of the list the turn begins anew.
        nextRun = left > 0 ? "" : last;
    }

    private static String name(RunEntry run) {
        return run.folder().experiment() + "/" + run.folder().name();
    }

    private @Nullable Listing<RunEntry> newExperiment(String name) {
        ExperimentFolder folder = workspace.experiment(name);
        Path path = folder.runsFolder().resolveSibling("");
        return Workspace.isFolder(path) ? new Listing<>(folder.runsFolder(), run -> true) : null;
    }

    private @Nullable RunEntry newRun(
            ExperimentFolder experiment, String name, Set<String> resubmitted, Set<String> named) {
        RunEntry run = new RunEntry(experiment.run(name), submissions);
        IndexedRun stored = restored.runs().get(experiment.name() + "/" + name);
        if (stored == null || !run.restore(stored)) {
            if (!Workspace.isFolder(run.folder().path())) {
                return null;
            }
            run.look(clock, resubmitted, isOpening ? null : named);
        }
        put(new Change.RunAdded(experiment.name(), name));
        return run;
    }

    private void remove(RunEntry run, Set<String> resubmitted) {
        run.forgetSubmissions(resubmitted);
        put(new Change.RunRemoved(run.folder().experiment(), run.folder().name()));
    }

    private void lookAtFolders() {
        types.look(clock, this::newType, type -> type.entries().values().forEach(this::remove));
        types.entries().forEach((typeId, jobs) -> jobs.look(clock, name -> newJob(typeId, name), this::remove));
    }

    private @Nullable Listing<JobEntry> newType(String typeId) {
        Path path = WorkspaceLayout.jobs(workspace.root()).resolve(typeId);
        return Workspace.isFolder(path) ? new Listing<>(path, ConfigId::isValid) : null;
    }

    private @Nullable JobEntry newJob(String typeId, String name) {
        JobEntry job = new JobEntry(workspace.job(typeId, ConfigId.parse(name)));
        IndexedJob stored = restored.jobs().get(job.folder().name());
        if (stored == null || !job.restore(stored)) {
            if (!Workspace.isFolder(job.folder().path())) {
                return null;
            }
            job.look(clock);
            readAnew++;
        }
        put(new Change.JobAdded(job.folder().name()));
        classify(job);
        return job;
    }

    private void remove(JobEntry job) {
        active.remove(job);
        recent.remove(job);
        doubtful.remove(job);
        put(new Change.JobRemoved(job.folder().name()));
    }

    private void look(JobEntry job) {
        if (job.look(clock)) {
            put(new Change.JobChanged(job.folder().name()));
        }
        classify(job);
    }

    private void classify(JobEntry job) {
        move(active, job, job.status().isActive());
        move(recent, job, job.isRecent());
        move(doubtful, job, !job.status().isActive() && !job.isFinal());
    }

    private static void move(Set<JobEntry> group, JobEntry job, boolean isIn) {
        if (isIn) {
            group.add(job);
        } else {
            group.remove(job);
        }
    }

    /** Those that were not looked at for the longest time: they come to the end. */
    private static List<JobEntry> first(Set<JobEntry> group) {
        List<JobEntry> first = new ArrayList<>();
        Iterator<JobEntry> all = group.iterator();
        while (all.hasNext() && first.size() < DOUBTFUL_SLICE) {
            first.add(all.next());
            all.remove();
        }
        group.addAll(first);
        return first;
    }

    private List<JobEntry> next() {
        List<JobEntry> next = new ArrayList<>();
        int slash = nextJob.indexOf('/');
        String type = slash < 0 ? "" : nextJob.substring(0, slash);
        for (Map.Entry<String, Listing<JobEntry>> each :
                types.entries().tailMap(type).entrySet()) {
            // The character after the last identifier that was looked at is the least that can follow.
            String from = each.getKey().equals(type) ? nextJob.substring(slash + 1) + '\0' : "";
            for (JobEntry job : each.getValue().entries().tailMap(from).values()) {
                if (next.size() == slice) {
                    return next;
                }
                next.add(job);
                nextJob = job.folder().name();
            }
        }
        nextJob = "";
        return next;
    }

    private Optional<JobEntry> findEntry(String name) {
        int slash = name.indexOf('/');
        return Optional.ofNullable(types.entries().get(name.substring(0, Math.max(0, slash))))
                .map(type -> type.entries().get(name.substring(slash + 1)));
    }

    private void resubmitted(JobEntry job) {
        job.resubmitted();
        put(new Change.JobChanged(job.folder().name()));
    }

    private void put(Change change) {
        Change before = pending.get(change.subject());
        boolean isNews = !(change instanceof Change.JobChanged && before instanceof Change.JobAdded)
                && !(change instanceof Change.RunChanged && before instanceof Change.RunAdded);
        if (isNews) {
            pending.put(change.subject(), change);
        }
    }

    private Changes publish() {
        List<String> found = findProblems();
        for (String problem : problems) {
            if (!found.contains(problem)) {
                put(new Change.ProblemRemoved(problem));
            }
        }
        for (String problem : found) {
            if (!problems.contains(problem)) {
                put(new Change.ProblemAdded(problem));
            }
        }
        problems = found;
        Changes changes = log.add(List.copyOf(pending.values()));
        pending.clear();
        if (!changes.list().isEmpty()) {
            view = null;
        }
        return changes;
    }

    /** As a reader meets them: experiments, runs in the order in which they began, then the folders of jobs. */
    private List<String> findProblems() {
        List<String> found = new ArrayList<>();
        found.add(experiments.problem());
        experiments.entries().values().forEach(experiment -> found.add(experiment.problem()));
        runs().forEach(run -> found.add(run.problem()));
        found.add(types.problem());
        types.entries().values().forEach(type -> found.add(type.problem()));
        found.removeIf(String::isEmpty);
        return found;
    }

    private List<RunEntry> runs() {
        List<RunEntry> runs = new ArrayList<>();
        experiments
                .entries()
                .values()
                .forEach(experiment -> runs.addAll(experiment.entries().values()));
        runs.sort(Comparator.comparing(run -> run.folder().name()));
        return runs;
    }

    /**
     * What is known now.
     *
     * @return the same as long as nothing changes
     */
    public synchronized JobsView view() {
        JobsView known = view;
        if (known == null) {
            List<JobView> jobs = new ArrayList<>();
            types.entries()
                    .values()
                    .forEach(type -> type.entries()
                            .values()
                            .forEach(job -> jobs.add(
                                    job.view(submissions.of(job.folder().name())))));
            List<RunView> runs = runs().stream().map(RunEntry::view).toList();
            known = new JobsView(jobs, runs, new TreeSet<>(experiments.entries().keySet()), problems);
            view = known;
        }
        return known;
    }

    /**
     * One job.
     *
     * @param name its name, type id and identifier joined by a slash
     * @return what is known of it now; empty if it is not there
     */
    public synchronized Optional<JobView> job(String name) {
        return findEntry(name).map(job -> job.view(submissions.of(name)));
    }

    /**
     * The number of the last refresh that found a change.
     *
     * @return from 0
     */
    public synchronized long version() {
        return log.version();
    }

    /**
     * What has changed since an earlier version, for a client that comes back.
     *
     * @param version what {@link #version} was
     * @return the changes; not complete if they are too many or too old to be remembered
     */
    public synchronized Changes since(long version) {
        return log.since(version);
    }

    /**
     * Tells each refresh that finds a change.
     *
     * @param listener is called by the thread that refreshes, which holds no lock of ours
     * @return to be closed when the listener is not to be called any more
     */
    public Subscription listen(Consumer<Changes> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** A listener that is called until this is closed. */
    public interface Subscription extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Whether so much was read that {@link #store storing} it makes the next opening faster than it costs.
     *
     * @return true if 500 jobs or more were not in the copy in the cache
     */
    public synchronized boolean isWorthStoring() {
        return snapshot != null && readAnew >= WORTH_STORING;
    }

    /**
     * Stores a copy of the index in this user's cache, for the next time that it is opened. Where it cannot be stored, the
     * next one reads the files.
     *
     * @return whether it was stored
     */
    public boolean store() {
        IndexSnapshot target = snapshot;
        if (target == null) {
            return false;
        }
        Map<String, IndexedJob> jobs = new LinkedHashMap<>();
        Map<String, IndexedRun> runs = new LinkedHashMap<>();
        synchronized (this) {
            types.entries()
                    .values()
                    .forEach(type -> type.entries().values().forEach(job -> {
                        IndexedJob stored = job.toStore();
                        if (stored != null) {
                            jobs.put(stored.name(), stored);
                        }
                    }));
            runs().forEach(run -> {
                IndexedRun stored = run.toStore();
                if (stored != null) {
                    runs.put(name(run), stored);
                }
            });
            readAnew = 0;
        }
        return target.write(new IndexSnapshot.Content(jobs, runs));
    }
}
