package org.experimaestro.monitor.index;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.experimaestro.WorkspaceException;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.SideFolder;
import org.experimaestro.workspace.SideKind;
import org.experimaestro.workspace.SideProcess;
import org.experimaestro.workspace.SideStatus.State;

/**
 * The actions and services of the runs that somebody looks at. A process of these writes each of its files once, so the
 * names of its files say whether its state has changed; only the processes that may still run are read. Confined to the
 * holder of the index's lock.
 */
final class SideTable {
    /** The most runs that are followed: a page shows one, and several pages may be open. */
    private static final int MOST_RUNS = 16;

    private final PendingChanges changes;
    /** The names that were seen of each run, the least recently wanted one first. */
    private final Map<Path, Seen> seen = new LinkedHashMap<>(16, 0.75f, true);

    SideTable(PendingChanges changes) {
        this.changes = changes;
    }

    /** The names of what was seen of a run. */
    private record Seen(RunFolder run, List<String> names) {}

    /** Begins to look at the processes of a run, or goes on. */
    void follow(RunFolder run) {
        seen.computeIfAbsent(run.path(), path -> new Seen(run, look(run)));
        if (seen.size() > MOST_RUNS) {
            seen.remove(seen.keySet().iterator().next());
        }
    }

    /** Looks at the followed runs. */
    void look() {
        for (Map.Entry<Path, Seen> known : seen.entrySet()) {
            RunFolder run = known.getValue().run();
            List<String> now = look(run);
            if (!now.equals(known.getValue().names())) {
                known.setValue(new Seen(run, now));
                changes.put(new Change.RunChanged(run.experiment(), run.name()));
            }
        }
    }

    private static List<String> look(RunFolder run) {
        List<String> found = new ArrayList<>();
        for (SideKind kind : SideKind.values()) {
            try {
                for (SideFolder folder : SideFolder.list(run, kind)) {
                    found.add(folder.toString());
                    folder.last().ifPresent(last -> look(last, found));
                }
            } catch (WorkspaceException unreadable) {
                found.add(String.valueOf(unreadable.getMessage()));
            }
        }
        return found;
    }

    private static void look(SideProcess last, List<String> found) {
        found.add(Integer.toString(last.number()));
        List<String> files = last.recorded();
        found.addAll(files);
        if (!last.hasEnd()) {
            State state = last.status().state();
            found.add(state.word());
        }
    }
}
