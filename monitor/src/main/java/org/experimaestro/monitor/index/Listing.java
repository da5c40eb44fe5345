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
 * A folder whose sub-folders the index knows, which is listed again only when its names may have changed. Confined to the
 * holder of the index's lock.
 *
 * @param <E> what is known of a sub-folder
 */
final class Listing<E> {
    private final Path folder;
    private final Predicate<String> names;
    private final Stamped stamped = new Stamped();
    private final SortedMap<String, E> entries = new TreeMap<>();
    private String problem = "";

    /**
     * A folder that was not listed yet.
     *
     * @param names which names count
     */
    Listing(Path folder, Predicate<String> names) {
        this.folder = folder;
        this.names = names;
    }

    SortedMap<String, E> entries() {
        return entries;
    }

    /** Why it cannot be listed, or an empty text. */
    String problem() {
        return problem;
    }

    /**
     * Looks at the folder, and lists it if its names may have changed. As long as it cannot be listed, the entries stay: a
     * network file system fails now and then.
     *
     * @param make makes an entry of a name that is new; null if it is no folder
     * @param removed gets each entry whose name is gone
     */
    void look(Clock clock, Function<String, @Nullable E> make, Consumer<E> removed) {
        try {
            if (!stamped.mustRead(folder, clock)) {
                return;
            }
        } catch (IOException unseen) {
            // The listing tells why.
        }
        Set<String> found = list();
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

    /** Has it listed again at the next look. */
    void forget() {
        stamped.forget();
    }
}
