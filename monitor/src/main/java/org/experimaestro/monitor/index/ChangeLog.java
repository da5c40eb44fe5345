package org.experimaestro.monitor.index;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A log of the latest changes, for clients that come back. Confined to the holder of the index's lock. */
final class ChangeLog {
    private final int most;
    private final Deque<Version> versions = new ArrayDeque<>();
    private long version;
    /** The version before the oldest change in the log. */
    private long oldest;

    private int size;

    private record Version(long number, List<Change> changes) {}

    /** Creates a log of at most {@code most} changes. */
    ChangeLog(int most) {
        this.most = most;
    }

    long version() {
        return version;
    }

    /** Begins a version whose changes are not listed. */
    void begin() {
        version++;
        oldest = version;
    }

    /** Adds the changes of one refresh. */
    Changes add(List<Change> changes) {
        long before = version;
        if (!changes.isEmpty()) {
            version++;
            versions.addLast(new Version(version, List.copyOf(changes)));
            size += changes.size();
            while (size > most) {
                Version forgotten = versions.removeFirst();
                size -= forgotten.changes().size();
                oldest = forgotten.number();
            }
        }
        return new Changes(before, version, true, changes);
    }

    Changes since(long earlier) {
        if (earlier < oldest || earlier > version) {
            return new Changes(earlier, version, false, List.of());
        }
        Map<String, Change> last = new LinkedHashMap<>();
        for (Version each : versions) {
            if (each.number() > earlier) {
                each.changes().forEach(change -> merge(last, change));
            }
        }
        return new Changes(earlier, version, true, new ArrayList<>(last.values()));
    }

    /**
     * Merges two changes of one subject for a client that has seen neither. An addition followed by a change is an
     * addition; an addition followed by a removal is no change.
     */
    private static void merge(Map<String, Change> last, Change change) {
        String subject = change.subject();
        Change before = last.remove(subject);
        switch (change) {
            case Change.JobAdded added ->
                last.put(subject, before == null ? added : new Change.JobChanged(added.job()));
            case Change.RunAdded added ->
                last.put(subject, before == null ? added : new Change.RunChanged(added.experiment(), added.run()));
            case Change.JobChanged changed -> last.put(subject, before instanceof Change.JobAdded ? before : changed);
            case Change.RunChanged changed -> last.put(subject, before instanceof Change.RunAdded ? before : changed);
            case Change.JobRemoved removed -> {
                if (!(before instanceof Change.JobAdded)) {
                    last.put(subject, removed);
                }
            }
            case Change.RunRemoved removed -> {
                if (!(before instanceof Change.RunAdded)) {
                    last.put(subject, removed);
                }
            }
            // A problem that appears and is solved, or the reverse, is no change.
            case Change.ProblemAdded _, Change.ProblemRemoved _ -> {
                if (before == null) {
                    last.put(subject, change);
                }
            }
        }
    }
}
