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
import java.util.function.Consumer;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.workspace.Workspace;
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

    /** To store what took less than reading so many jobs costs more than it saves. */
    private static final int WORTH_STORING = 500;

    private static final int MOST_CHANGES = 200_000;

    private final @Nullable IndexSnapshot snapshot;
    private final PendingChanges pending = new PendingChanges();
    private final JobTable jobs;
    private final RunTable runs;
    private final ChangeLog log = new ChangeLog(MOST_CHANGES);
    private final List<Consumer<Changes>> listeners = new CopyOnWriteArrayList<>();
    private List<String> problems = List.of();
    private @Nullable JobsView view;

    private WorkspaceIndex(Workspace workspace, Clock clock, @Nullable IndexSnapshot snapshot, int slice) {
        this.snapshot = snapshot;
        this.jobs = new JobTable(workspace, clock, slice, pending);
        this.runs = new RunTable(workspace, clock, pending);
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
        IndexSnapshot.Content restored = snapshot == null ? IndexSnapshot.Content.NONE : snapshot.read();
        synchronized (index) {
            index.runs.look(restored.runs(), new LinkedHashSet<>(), null);
            index.jobs.list(restored.jobs());
            index.publish();
        }
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
            Set<JobEntry> due = jobs.due();
            runs.look(Map.of(), resubmitted, named);
            jobs.list(Map.of());
            named.forEach(name -> jobs.find(name).ifPresent(due::add));
            due.forEach(jobs::look);
            resubmitted.forEach(name -> jobs.find(name).ifPresent(this::resubmitted));
            changes = publish();
        }
        if (!changes.list().isEmpty()) {
            listeners.forEach(listener -> listener.accept(changes));
        }
        return changes;
    }

    private void resubmitted(JobEntry job) {
        job.resubmitted();
        pending.put(new Change.JobChanged(job.folder().name()));
    }

    /**
     * Reads everything again, whatever its times are.
     *
     * @return what was not as it was known
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
     * What is known now.
     *
     * @return the same as long as nothing changes
     */
    public synchronized JobsView view() {
        JobsView known = view;
        if (known == null) {
            known = new JobsView(
                    jobs.all().stream().map(this::view).toList(),
                    runs.runs().stream().map(RunEntry::view).toList(),
                    new TreeSet<>(runs.experiments()),
                    problems);
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
        return jobs.find(name).map(this::view);
    }

    private JobView view(JobEntry job) {
        return job.view(runs.submissions(job.folder().name()));
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
     * @return true if 500 jobs or more that can be stored were not in the copy in the cache
     */
    public synchronized boolean isWorthStoring() {
        return snapshot != null && jobs.worthStoring() >= WORTH_STORING;
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
        Map<String, IndexedJob> storedJobs = new LinkedHashMap<>();
        Map<String, IndexedRun> storedRuns = new LinkedHashMap<>();
        synchronized (this) {
            for (JobEntry job : jobs.all()) {
                IndexedJob stored = job.toStore();
                if (stored != null) {
                    storedJobs.put(stored.name(), stored);
                }
            }
            for (RunEntry run : runs.runs()) {
                IndexedRun stored = run.toStore();
                if (stored != null) {
                    storedRuns.put(RunTable.name(run), stored);
                }
            }
            jobs.stored();
        }
        return target.write(new IndexSnapshot.Content(storedJobs, storedRuns));
    }
}
