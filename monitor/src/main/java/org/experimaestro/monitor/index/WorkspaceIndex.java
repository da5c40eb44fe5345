package org.experimaestro.monitor.index;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.function.Consumer;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.monitor.view.RunView;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.Workspace;
import org.jspecify.annotations.Nullable;

/**
 * An index of a workspace in memory. It is built from the workspace's files, and the cost of an update depends on the
 * changes. Thread-safe.
 *
 * <p>A {@link #refresh} reads the folders whose names may have changed, the runs that go on, the jobs that these runs
 * name, and the active jobs. A workspace may also be edited by hand, without a record in any run. Therefore each
 * refresh also reads some of the other jobs in turn, and {@link #reread} reads all.
 */
public final class WorkspaceIndex {
    /** The number of jobs that a refresh reads in turn. */
    static final int SLICE = 32;

    /** The least number of new jobs for which storing the index saves more time than it costs. */
    private static final int WORTH_STORING = 500;

    private static final int MOST_CHANGES = 200_000;

    private final @Nullable IndexSnapshot snapshot;
    private final PendingChanges pending = new PendingChanges();
    private final JobTable jobs;
    private final RunTable runs;
    private final SideTable sides;
    private final ChangeLog log = new ChangeLog(MOST_CHANGES);
    private final List<Consumer<Changes>> listeners = new CopyOnWriteArrayList<>();
    private List<String> problems = List.of();
    private @Nullable JobsView view;

    private WorkspaceIndex(Workspace workspace, Clock clock, @Nullable IndexSnapshot snapshot, int slice) {
        this.snapshot = snapshot;
        this.jobs = new JobTable(workspace, clock, slice, pending);
        this.runs = new RunTable(workspace, clock, pending);
        this.sides = new SideTable(pending);
    }

    /**
     * Opens the index of a workspace, using the copy in this user's cache.
     *
     * @param workspace the workspace, which may be missing
     * @return an index of the current files
     */
    public static WorkspaceIndex open(Workspace workspace) {
        return open(
                workspace, Clock.systemUTC(), IndexSnapshot.inCache(workspace).orElse(null), SLICE);
    }

    /**
     * Opens the index of a workspace.
     *
     * @param workspace the workspace, which may be missing
     * @param clock the clock that is compared with the times of files
     * @param snapshot the copy of the index; {@code null} to read only the workspace's files
     * @param slice the number of jobs that each refresh reads in turn
     * @return an index of the current files
     */
    static WorkspaceIndex open(Workspace workspace, Clock clock, @Nullable IndexSnapshot snapshot, int slice) {
        WorkspaceIndex index = new WorkspaceIndex(workspace, clock, snapshot, slice);
        synchronized (index) {
            // Another thread lists the folders meanwhile.
            ForkJoinTask<?> names = ForkJoinPool.commonPool().submit(index.jobs::readNames);
            IndexSnapshot.Content restored = snapshot == null ? IndexSnapshot.Content.NONE : snapshot.read();
            names.join();
            // Another thread reads the runs meanwhile. The two share nothing but the pending changes, which are not
            // listed yet.
            ForkJoinTask<?> runs = ForkJoinPool.commonPool()
                    .submit(() -> index.runs.look(false, restored.runs(), new LinkedHashSet<>(), null));
            index.jobs.list(restored.jobs());
            runs.join();
            index.publish();
            if (!index.pending.open()) {
                index.log.begin();
            }
        }
        return index;
    }

    /**
     * Reads the files that may have changed, and calls the listeners if there are changes.
     *
     * @return the changes
     */
    public Changes refresh() {
        return refresh(false);
    }

    /**
     * Does a {@link #refresh} whose cost does not grow with the number of experiments, for a watch. It looks for new runs
     * in the experiments that began a run last, and in some of the others in turn.
     *
     * @return the changes; a new run of another experiment is among those of a later poll
     */
    public Changes poll() {
        return refresh(true);
    }

    private Changes refresh(boolean isPoll) {
        Changes changes;
        synchronized (this) {
            Set<String> resubmitted = new LinkedHashSet<>();
            Set<String> named = new LinkedHashSet<>();
            Set<JobEntry> due = jobs.due();
            runs.look(isPoll, Map.of(), resubmitted, named);
            Set<JobEntry> read = jobs.list(List.of());
            named.forEach(name -> jobs.find(name).ifPresent(due::add));
            due.removeAll(read);
            due.forEach(jobs::look);
            resubmitted.forEach(name -> jobs.find(name).ifPresent(this::resubmitted));
            sides.look();
            changes = publish();
        }
        if (!changes.list().isEmpty()) {
            listeners.forEach(listener -> listener.accept(changes));
        }
        return changes;
    }

    private void resubmitted(JobEntry job) {
        job.resubmitted();
        pending.put(new Change.JobChanged(job.name()));
    }

    /**
     * Reads all files again, even those with unchanged times.
     *
     * @return the changes
     */
    public Changes reread() {
        synchronized (this) {
            jobs.forget();
            runs.forget();
        }
        return refresh();
    }

    private Changes publish() {
        List<String> found = new ArrayList<>(runs.problems());
        found.addAll(jobs.problems());
        found.removeIf(String::isEmpty);
        problems.stream()
                .filter(problem -> !found.contains(problem))
                .map(Change.ProblemRemoved::new)
                .forEach(pending::put);
        found.stream()
                .filter(problem -> !problems.contains(problem))
                .map(Change.ProblemAdded::new)
                .forEach(pending::put);
        problems = found;
        Changes changes = log.add(pending.take());
        if (!changes.list().isEmpty()) {
            view = null;
        }
        return changes;
    }

    /**
     * Returns the current view.
     *
     * @return the same object until something changes
     */
    public synchronized JobsView view() {
        JobsView known = view;
        if (known == null) {
            known = new JobsView(
                    Parts.map(jobs.all(), this::view),
                    runs.runs().stream().map(RunEntry::view).toList(),
                    new TreeSet<>(runs.experiments()),
                    problems);
            view = known;
        }
        return known;
    }

    /**
     * Finds a job.
     *
     * @param name the job's name: type id and identifier, joined by a slash
     * @return its current view; empty if there is no such job
     */
    public synchronized Optional<JobView> job(String name) {
        return jobs.find(name).map(this::view);
    }

    /**
     * Finds a run.
     *
     * @param experiment the name of the run's experiment
     * @param run the run's name
     * @return its current view; empty if there is no such run
     */
    public synchronized Optional<RunView> run(String experiment, String run) {
        return runs.find(experiment, run).map(RunEntry::view);
    }

    /**
     * Has the actions and services of a run looked at by each refresh from now on. What becomes of them is a change of the
     * run. The runs that were not asked for the longest time are forgotten.
     *
     * @param run the run
     */
    public synchronized void followSides(RunFolder run) {
        sides.follow(run);
    }

    private JobView view(JobEntry job) {
        return job.view(runs.submissions(job.name()), runs.isAwaited(job.name()));
    }

    /**
     * Returns the version of the index, which grows by 1 each time that the opening or a refresh finds changes.
     *
     * @return the version, from 0
     */
    public synchronized long version() {
        return log.version();
    }

    /**
     * Returns the changes since an earlier version, for a client that comes back.
     *
     * @param version an earlier {@link #version}
     * @return the changes; incomplete if the index does not have all of them, such as those of the opening
     */
    public synchronized Changes since(long version) {
        return log.since(version);
    }

    /**
     * Registers a listener for the changes that a refresh finds.
     *
     * @param listener receives the changes in the thread that refreshes, which holds no lock of the index
     * @return the registration; closing it removes the listener
     */
    public Subscription listen(Consumer<Changes> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** A registration of a listener. */
    public interface Subscription extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Returns whether {@link #store storing} the index saves more time at the next opening than it costs.
     *
     * @return true if the copy in the cache lacks the state, the parameters or a submission of at least 500 jobs, which were
     *     read since
     */
    public synchronized boolean isWorthStoring() {
        return worthStoring() >= WORTH_STORING;
    }

    /** Returns the number of jobs and submissions of which the copy in the cache lacks something that was read. */
    synchronized int worthStoring() {
        return snapshot == null ? 0 : jobs.worthStoring() + runs.worthStoring();
    }

    /**
     * Stores a copy of the index in this user's cache. Without a copy, the next process reads the workspace's files.
     *
     * @return whether the copy was stored
     */
    public boolean store() {
        IndexSnapshot target = snapshot;
        if (target == null) {
            return false;
        }
        List<IndexedJob> storedJobs = new ArrayList<>();
        Map<String, IndexedRun> storedRuns = new LinkedHashMap<>();
        synchronized (this) {
            for (JobEntry job : jobs.all()) {
                IndexedJob stored = job.toStore();
                if (stored != null) {
                    storedJobs.add(stored);
                }
            }
            for (RunEntry run : runs.runs()) {
                IndexedRun stored = run.toStore();
                if (stored != null) {
                    storedRuns.put(run.folder().qualifiedName(), stored);
                }
            }
        }
        return target.write(new IndexSnapshot.Content(storedJobs, storedRuns));
    }
}
