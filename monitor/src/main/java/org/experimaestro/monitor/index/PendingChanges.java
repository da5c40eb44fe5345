package org.experimaestro.monitor.index;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The changes that a refresh has found so far. Those of the opening are not listed: nobody has seen the index before, and
 * they would be as many as the jobs. Confined to the holder of the index's lock.
 */
final class PendingChanges {
    private final Map<String, Change> changes = new LinkedHashMap<>();
    private boolean isOpen;
    /** True until a change is put. The two threads of the opening may clear it at the same time. */
    private volatile boolean isEmpty = true;

    /** Begins to list changes, after the opening; returns whether there is nothing in the index. */
    boolean open() {
        isOpen = true;
        return isEmpty;
    }

    /** Adds a change. A change of a subject that was added in this refresh is left out. */
    void put(Change change) {
        isEmpty = false;
        if (!isOpen) {
            return;
        }
        Change before = changes.get(change.subject());
        boolean isNews = !(change instanceof Change.JobChanged && before instanceof Change.JobAdded)
                && !(change instanceof Change.RunChanged && before instanceof Change.RunAdded);
        if (isNews) {
            changes.put(change.subject(), change);
        }
    }

    /** Returns the changes, and removes them. */
    List<Change> take() {
        List<Change> taken = List.copyOf(changes.values());
        changes.clear();
        return taken;
    }
}
