package org.experimaestro.monitor.index;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
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

/** The jobs of a workspace, and which of them are looked at next. Confined to the holder of the index's lock. */
final class JobTable {
    /** How many jobs a refresh looks at that have ended without a word, or cannot be read. */
    private static final int DOUBTFUL_SLICE = 16;

    private final Workspace workspace;
    private final Clock clock;
    private final int slice;
    private final PendingChanges changes;
    private final Listing<Listing<JobEntry>> types;
    private final Set<JobEntry> active = new LinkedHashSet<>();
    /** Those that may have changed within the step of the clock in which they were read. */
    private final Set<JobEntry> recent = new LinkedHashSet<>();
    /** Those that are over, and whose files alone do not tell that. */
    private final Set<JobEntry> doubtful = new LinkedHashSet<>();

    private String last = "";
    private int worthStoring;

    /**
     * The jobs of a workspace, which are not listed yet.
     *
     * @param slice how many jobs in a final state are {@link #due} at once
     */
    JobTable(Workspace workspace, Clock clock, int slice, PendingChanges changes) {
        this.workspace = workspace;
        this.clock = clock;
        this.slice = slice;
        this.changes = changes;
        this.types = new Listing<>(WorkspaceLayout.jobs(workspace.root()), name -> true);
    }

    /**
     * Lists the folders whose names may have changed, and reads the jobs that are new.
     *
     * @param restored jobs that an earlier process has read
     */
    void list(Map<String, IndexedJob> restored) {
        types.look(clock, this::newType, type -> type.entries().values().forEach(this::remove));
        types.entries()
                .forEach((typeId, jobs) -> jobs.look(clock, name -> newJob(typeId, name, restored), this::remove));
    }

    private @Nullable Listing<JobEntry> newType(String typeId) {
        Path path = WorkspaceLayout.jobs(workspace.root()).resolve(typeId);
        return Workspace.isFolder(path) ? new Listing<>(path, ConfigId::isValid) : null;
    }

    private @Nullable JobEntry newJob(String typeId, String id, Map<String, IndexedJob> restored) {
        JobEntry job = new JobEntry(workspace.job(typeId, ConfigId.parse(id)));
        IndexedJob earlier = restored.get(job.folder().name());
        if (earlier == null || !job.restore(earlier)) {
            if (!Workspace.isFolder(job.folder().path())) {
                return null;
            }
            job.look(clock);
            worthStoring += job.isFinal() && !job.isRecent() ? 1 : 0;
        }
        changes.put(new Change.JobAdded(job.folder().name()));
        classify(job);
        return job;
    }

    private void remove(JobEntry job) {
        active.remove(job);
        recent.remove(job);
        doubtful.remove(job);
        changes.put(new Change.JobRemoved(job.folder().name()));
    }

    /** Looks at a job again, unless it is not there any longer. */
    void look(JobEntry job) {
        if (find(job.folder().name()).filter(known -> known.equals(job)).isEmpty()) {
            return;
        }
        if (job.look(clock)) {
            changes.put(new Change.JobChanged(job.folder().name()));
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

    /** The jobs to look at: those that may change by themselves, and some of the others in turn. */
    Set<JobEntry> due() {
        Set<JobEntry> due = new LinkedHashSet<>(active);
        due.addAll(recent);
        due.addAll(first(doubtful));
        due.addAll(next());
        return due;
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
        int slash = last.indexOf('/');
        String type = last.substring(0, Math.max(0, slash));
        for (Map.Entry<String, Listing<JobEntry>> each :
                types.entries().tailMap(type).entrySet()) {
            // The character after the last identifier that was looked at is the least that can follow.
            String from = each.getKey().equals(type) ? last.substring(slash + 1) + '\0' : "";
            for (JobEntry job : each.getValue().entries().tailMap(from).values()) {
                if (next.size() == slice) {
                    return next;
                }
                next.add(job);
                last = job.folder().name();
            }
        }
        last = "";
        return next;
    }

    Optional<JobEntry> find(String name) {
        int slash = name.indexOf('/');
        return Optional.ofNullable(types.entries().get(name.substring(0, Math.max(0, slash))))
                .map(type -> type.entries().get(name.substring(slash + 1)));
    }

    /** All jobs, sorted by type id and identifier. */
    List<JobEntry> all() {
        List<JobEntry> all = new ArrayList<>();
        types.entries().values().forEach(type -> all.addAll(type.entries().values()));
        return all;
    }

    /** Why folders of jobs cannot be listed; some are empty. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        problems.add(types.problem());
        types.entries().values().forEach(type -> problems.add(type.problem()));
        return problems;
    }

    /** How many jobs were read that another process could take over now. */
    int worthStoring() {
        return worthStoring;
    }

    /** They have been stored. */
    void stored() {
        worthStoring = 0;
    }

    /** Has everything read again at the next look. */
    void forget() {
        types.forget();
        types.entries().values().forEach(Listing::forget);
        for (JobEntry job : all()) {
            job.forget();
            recent.add(job);
        }
    }
}
