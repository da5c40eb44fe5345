package org.experimaestro.web.api;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.experimaestro.monitor.type.JobClassPaths;
import org.experimaestro.monitor.type.TypeCatalog;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.workspace.Workspace;
import org.jspecify.annotations.Nullable;

/**
 * The types of the code of a workspace. The code is read again when there is other code, or the latest job of a type has
 * other code than the one before; which code that is, is looked up when jobs or copies have changed. Thread-safe.
 */
final class TypeMemory {
    private final Workspace workspace;
    private @Nullable Known known;

    private record Known(JobsView view, List<Path> copies, List<Path> code, TypeCatalog types) {}

    TypeMemory(Workspace workspace) {
        this.workspace = workspace;
    }

    /**
     * Returns the types.
     *
     * @param view the current jobs
     * @return the types of each type's latest job, then those of other code
     * @throws IOException if the copies of code cannot be listed
     */
    synchronized TypeCatalog types(JobsView view) throws IOException {
        List<Path> copies = workspace.classPaths().copies().stream().sorted().toList();
        Known last = known;
        if (last == null || last.view() != view || !last.copies().equals(copies)) {
            List<Path> code = JobClassPaths.of(workspace, new ArrayList<>());
            TypeCatalog types = last != null && last.code().equals(code) ? last.types() : TypeCatalog.of(code);
            last = new Known(view, copies, code, types);
            known = last;
        }
        return last.types();
    }
}
