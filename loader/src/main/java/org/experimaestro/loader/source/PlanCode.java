package org.experimaestro.loader.source;

import java.nio.file.Path;
import java.util.List;

/**
 * A plan's class and its class path.
 *
 * @param planClass binary name of the plan's class, {@code com.acme.Outer$Plan}
 * @param classPath absolute paths of the user's code and its libraries, in order, without our own jars
 * @param libraries those that the plan's sources name, with their dependencies; empty if a build or an IDE manages
 *     them
 * @param fromCache whether nothing was compiled, built or resolved for it
 */
public record PlanCode(String planClass, List<Path> classPath, List<Library> libraries, boolean fromCache) {

    /** Copies the lists. */
    public PlanCode {
        classPath = List.copyOf(classPath);
        libraries = List.copyOf(libraries);
    }
}
