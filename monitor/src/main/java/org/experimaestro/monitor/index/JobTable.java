package org.experimaestro.monitor.index;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.experimaestro.ConfigId;
import org.experimaestro.workspace.Workspace;
import org.experimaestro.workspace.WorkspaceLayout;
import org.jspecify.annotations.Nullable;

/** The jobs of a workspace, and a selection of those to read next. Confined to the holder of the index's lock. */
final class JobTable {
    /** The number of doubtful jobs that a refresh reads. */
    private static final int DOUBTFUL_SLICE = 16;

    private final Workspace workspace;
    private final Clock clock;
    private final int slice;
    private final PendingChanges changes;
    private final Listing<Listing<JobEntry>> types;
    private final Set<JobEntry> active = new LinkedHashSet<>();
    /** The jobs that may have changed since their last reading without a change of their stamp. */
    private final Set<JobEntry> recent = new LinkedHashSet<>();
    /**
     * The inactive jobs whose state the files alone do not determine: unreadable jobs, and those that ended without a
     * record of their end.
     */
    private final Set<JobEntry> doubtful = new LinkedHashSet<>();

    private final SharedNames names = new SharedNames();
    private final Turn turn = new Turn();

    /**
     * Creates a table without jobs; {@link #list} adds them.
     *
     * @param workspace the workspace of the jobs
     * @param clock the clock that is compared with the times of files
     * @param slice the number of all jobs that are {@link #due} in turn
     * @param changes receives the changes
     */
    JobTable(Workspace workspace, Clock clock, int slice, PendingChanges changes) {
        this.workspace = workspace;
        this.clock = clock;
        this.slice = slice;
        this.changes = changes;
        this.types = new Listing<>(WorkspaceLayout.jobs(workspace.root()), name -> true);
    }

    /** Reads the names of the folders, which the next {@link #list} takes. */
    void readNames() {
        types.look(clock, this::newType, type -> {});
        types.entries().values().forEach(type -> type.readNames(clock));
    }

    /**
     * Lists the folders whose names may have changed, and reads the new jobs.
     *
     * @param restored the jobs that an earlier process read
     * @return the new jobs that were read
     */
    Set<JobEntry> list(List<IndexedJob> restored) {
        Map<String, JobEntry> known = HashMap.newHashMap(restored.size());
        Parts.map(restored, this::restore).forEach(job -> known.put(job.name(), job));
        Set<JobEntry> read = new HashSet<>();
        types.look(clock, this::newType, type -> type.entries().values().forEach(this::remove));
        types.entries()
                .forEach((typeId, jobs) -> jobs.look(clock, name -> newJob(typeId, name, known, read), this::remove));
        return read;
    }

    /** Returns the entry of a job that an earlier process read; {@code null} if the job's files have changed since. */
    private @Nullable JobEntry restore(IndexedJob earlier) {
        int slash = earlier.name().lastIndexOf('/');
        String id = earlier.name().substring(slash + 1);
        if (slash < 0 || !ConfigId.isValid(id)) {
            return null;
        }
        JobEntry job = new JobEntry(
                workspace.job(earlier.name().substring(0, slash), ConfigId.parse(id)), earlier.name(), names);
        return job.restore(earlier) ? job : null;
    }

    private @Nullable Listing<JobEntry> newType(String typeId) {
        Path path = WorkspaceLayout.jobs(workspace.root()).resolve(typeId);
        return Workspace.isFolder(path) ? new Listing<>(path, ConfigId::isValid) : null;
    }

    private @Nullable JobEntry newJob(String typeId, String id, Map<String, JobEntry> restored, Set<JobEntry> read) {
        String jobName = typeId + "/" + id;
        JobEntry job = restored.get(jobName);
        if (job == null) {
            job = new JobEntry(workspace.job(typeId, ConfigId.parse(id)), jobName, names);
            if (!Workspace.isFolder(job.folder().path())) {
                return null;
            }
            job.look(clock);
            read.add(job);
        }
        changes.put(new Change.JobAdded(job.name()));
        classify(job);
        return job;
    }

    private void remove(JobEntry job) {
        active.remove(job);
        recent.remove(job);
        doubtful.remove(job);
        changes.put(new Change.JobRemoved(job.name()));
    }

    /** Reads a job again, unless it was removed. */
    void look(JobEntry job) {
        if (find(job.name()).filter(known -> known.equals(job)).isEmpty()) {
            return;
        }
        if (job.look(clock)) {
            changes.put(new Change.JobChanged(job.name()));
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

    /** Returns the jobs to read: those that may change by themselves, and some of all jobs in turn. */
    Set<JobEntry> due() {
        Set<JobEntry> due = new LinkedHashSet<>(active);
        due.addAll(recent);
        due.addAll(first(doubtful));
        due.addAll(turn.next(types.entries(), slice));
        return due;
    }

    /** Returns the jobs that were not read for the longest time, and moves them to the end of their group. */
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

    Optional<JobEntry> find(String name) {
        int slash = name.indexOf('/');
        return Optional.ofNullable(types.entries().get(name.substring(0, Math.max(0, slash))))
                .map(type -> type.entries().get(name.substring(slash + 1)));
    }

    /** Returns all jobs, sorted by type id and identifier. */
    List<JobEntry> all() {
        List<JobEntry> all = new ArrayList<>();
        types.entries().values().forEach(type -> all.addAll(type.entries().values()));
        return all;
    }

    /** Returns the problems of listing folders of jobs; some texts are empty. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        problems.add(types.problem());
        types.entries().values().forEach(type -> problems.add(type.problem()));
        return problems;
    }

    /** Returns the number of jobs of which files were read that the next process need not read, once they are stored. */
    int worthStoring() {
        int count = 0;
        for (Listing<JobEntry> type : types.entries().values()) {
            for (JobEntry job : type.entries().values()) {
                count += job.isWorthStoring() ? 1 : 0;
            }
        }
        return count;
    }

    /** Marks all jobs to be read at the next refresh. */
    void forget() {
        types.forget();
        types.entries().values().forEach(Listing::forget);
        for (JobEntry job : all()) {
            job.forget();
            recent.add(job);
        }
    }
}
