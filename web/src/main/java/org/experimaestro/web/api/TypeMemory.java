package org.experimaestro.web.api;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.experimaestro.monitor.type.JobClassPaths;
import org.experimaestro.monitor.type.TypeCatalog;
import org.experimaestro.workspace.Workspace;
import org.jspecify.annotations.Nullable;

/** The types of the code of a workspace, which are read again when there is other code. Thread-safe. */
final class TypeMemory {
    private final Workspace workspace;
    private @Nullable Known known;

    private record Known(List<Path> copies, TypeCatalog types) {}

    TypeMemory(Workspace workspace) {
        this.workspace = workspace;
    }

    /**
     * Returns the types.
     *
     * @return the types of each type's latest job, then those of other code
     * @throws IOException if the copies of code cannot be listed
     */
    synchronized TypeCatalog types() throws IOException {
        List<Path> copies = workspace.classPaths().copies().stream().sorted().toList();
        Known last = known;
        if (last == null || !last.copies().equals(copies)) {
            last = new Known(copies, TypeCatalog.of(JobClassPaths.of(workspace, new ArrayList<>())));
            known = last;
        }
        return last.types();
    }
}
