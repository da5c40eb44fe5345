package org.experimaestro.loader.source;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A plan's class and its class path.
 *
 * @param planClass binary name of the plan's class, {@code com.acme.Outer$Plan}
 * @param classPath absolute paths of the user's code and its libraries, in order, without our own jars
 * @param libraries those that the plan's sources name, with their dependencies; empty if a build or an IDE manages
 *     them
 * @param sources the texts of the Java sources that were compiled, by their absolute paths; empty if a build or an IDE
 *     compiles them
 * @param fromCache whether nothing was compiled, built or resolved for it
 */
public record PlanCode(
        String planClass,
        List<Path> classPath,
        List<Library> libraries,
        SortedMap<Path, String> sources,
        boolean fromCache) {

    /** Copies the lists and the map. */
    public PlanCode {
        classPath = List.copyOf(classPath);
        libraries = List.copyOf(libraries);
        sources = Collections.unmodifiableSortedMap(new TreeMap<>(sources));
    }
}
