package org.experimaestro.loader.source;

import java.nio.file.Path;
import java.util.List;

/**
 * The jars of a plan's libraries.
 *
 * @param jars absolute paths in the local Maven repository, nearest first
 * @param changing whether resolving again tomorrow may give other files: a snapshot, a range, or the newest version
 */
record ResolvedLibraries(List<Path> jars, boolean changing) {
    ResolvedLibraries {
        jars = List.copyOf(jars);
    }
}
