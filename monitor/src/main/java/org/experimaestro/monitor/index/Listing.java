package org.experimaestro.monitor.index;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.experimaestro.WorkspaceException;
import org.experimaestro.workspace.Workspace;
import org.jspecify.annotations.Nullable;

/**
 * A folder with the index's entries for its sub-folders. It is listed again only if its names may have changed.
 * Confined to the holder of the index's lock.
 *
 * @param <E> the type of the entry for a sub-folder
 */
final class Listing<E> {
    private final Path folder;
    private final Predicate<String> names;
    private final Stamped stamped = new Stamped();
    private final SortedMap<String, E> entries = new TreeMap<>();
    private String problem = "";
    /** The names that were read and that no look has taken yet. */
    private @Nullable Set<String> unseen;

    /**
     * Creates a listing without entries.
     *
     * @param folder the folder
     * @param names selects the names that have entries
     */
    Listing(Path folder, Predicate<String> names) {
        this.folder = folder;
        this.names = names;
    }

    SortedMap<String, E> entries() {
        return entries;
    }

    /** Returns the reason why the folder cannot be listed; an empty text if it can. */
    String problem() {
        return problem;
    }

    /**
     * Lists the folder if its names may have changed. If this fails, the entries stay, because a network file system
     * may fail for a short time.
     *
     * @param clock the clock that is compared with the folder's times
     * @param make makes the entry for a new name; returns null if the name is not a folder's
     * @param removed receives each entry whose name was removed
     */
    void look(Clock clock, Function<String, @Nullable E> make, Consumer<E> removed) {
        readNames(clock);
        Set<String> found = unseen;
        unseen = null;
        if (found == null) {
            return;
        }
        for (String name : List.copyOf(entries.keySet())) {
            if (!found.contains(name)) {
                removed.accept(Objects.requireNonNull(entries.remove(name)));
            }
        }
        for (String name : found) {
            if (!entries.containsKey(name)) {
                E entry = make.apply(name);
                if (entry != null) {
                    entries.put(name, entry);
                }
            }
        }
    }

    /** Reads the names if they may have changed. The next {@link #look} takes them. */
    void readNames(Clock clock) {
        try {
            if (!stamped.mustRead(folder, clock)) {
                return;
            }
        } catch (IOException unreadable) {
            // The listing reports the reason.
        }
        unseen = list();
    }

    private @Nullable Set<String> list() {
        problem = "";
        try {
            Set<String> found = new LinkedHashSet<>(Workspace.listNames(folder));
            found.removeIf(names.negate());
            return found;
        } catch (WorkspaceException unreadable) {
            problem = String.valueOf(unreadable.getMessage());
            stamped.forget();
            return null;
        }
    }

    /** Returns whether each change since the last listing must have changed the folder's stamp. */
    boolean isSettled() {
        return stamped.isSettled() && stamped.stamp() != null;
    }

    /** Marks the folder to be listed at the next look. */
    void forget() {
        stamped.forget();
    }
}
