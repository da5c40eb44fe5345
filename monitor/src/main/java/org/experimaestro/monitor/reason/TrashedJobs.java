package org.experimaestro.monitor.reason;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.WorkspaceException;
import org.experimaestro.workspace.Trash;
import org.experimaestro.workspace.TrashEntry;
import org.experimaestro.workspace.Workspace;
import org.jspecify.annotations.Nullable;

/** The jobs in the trash of a workspace, which is read when the first of them is looked for. Confined to one thread. */
final class TrashedJobs {
    private final Workspace workspace;
    private @Nullable Map<String, String> entries;

    TrashedJobs(Workspace workspace) {
        this.workspace = workspace;
    }

    /** Finds the newest entry that has a job; empty if there is none, or the trash cannot be read. */
    Optional<String> find(String job) {
        Map<String, String> known = entries;
        if (known == null) {
            known = read();
            entries = known;
        }
        return Optional.ofNullable(known.get(job));
    }

    private Map<String, String> read() {
        Map<String, String> found = new HashMap<>();
        try {
            for (TrashEntry entry : new Trash(workspace).entries()) { // the oldest first
                for (TrashEntry.Item item : entry.items()) {
                    if (item.kind() == TrashEntry.Kind.JOB) {
                        found.put(item.name(), entry.name());
                    }
                }
            }
        } catch (WorkspaceException unreadable) {
            // The reason is told without the trash, whose own page reports it.
        }
        return found;
    }
}
