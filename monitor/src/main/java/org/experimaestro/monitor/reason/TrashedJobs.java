package org.experimaestro.monitor.reason;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.experimaestro.WorkspaceException;
import org.experimaestro.core.file.FileStamp;
import org.experimaestro.workspace.Trash;
import org.experimaestro.workspace.TrashEntry;
import org.experimaestro.workspace.Workspace;

/**
 * The jobs in the trash of a workspace, which is read again when jobs have got there or entries have gone. A job that was moved back from an
 * entry may stay among them until then; nobody asks for it, because it has its folder. Thread-safe.
 */
public final class TrashedJobs {
    private final Trash trash;
    private List<FileStamp> stamps = List.of();
    private Map<String, String> entries = Map.of();

    /**
     * Creates a reader, which reads nothing before it is asked.
     *
     * @param workspace the workspace
     */
    public TrashedJobs(Workspace workspace) {
        this.trash = new Trash(workspace);
    }

    /**
     * Returns the jobs in the trash.
     *
     * @return the name of the newest entry that has the job, by the names of the jobs; empty if the trash cannot be read
     */
    synchronized Map<String, String> current() {
        try {
            List<FileStamp> now = trash.stamps();
            if (!now.equals(stamps)) {
                entries = read();
                stamps = now;
            }
        } catch (WorkspaceException unreadable) {
            // The reason is told without the trash, whose own page reports it.
            entries = Map.of();
            stamps = List.of();
        }
        return entries;
    }

    private Map<String, String> read() {
        Map<String, String> found = new HashMap<>();
        for (TrashEntry entry : trash.entries()) { // the oldest first
            for (TrashEntry.Item item : entry.items()) {
                if (item.kind() == TrashEntry.Kind.JOB) {
                    found.put(item.name(), entry.name());
                }
            }
        }
        return found;
    }
}
