package org.experimaestro.loader.source;

import java.nio.file.Path;
import java.util.List;

/**
 * The resolved libraries of a plan.
 *
 * @param libraries their jars are in the local Maven repository; nearest first
 * @param changing whether resolving again tomorrow may return other files: a snapshot, a range, or the newest version
 */
record ResolvedLibraries(List<Library> libraries, boolean changing) {
    ResolvedLibraries {
        libraries = List.copyOf(libraries);
    }

    List<Path> jars() {
        return libraries.stream().map(Library::jar).toList();
    }
}
