package org.experimaestro.loader.source;

import java.nio.file.Path;
import java.util.List;
import org.experimaestro.core.file.UserFolder;

/**
 * The parts of this installation that compile a plan.
 *
 * @param apiPath jars or folders with the classes that plans are compiled against: the api and its dependencies
 * @param processorPath jars or folders of our annotation processor; empty: no processor runs
 * @param cache folder of the compiled plans, made if missing; see {@link UserFolder#CACHE}
 * @param version version of this installation; another version compiles everything anew
 */
public record Toolbox(List<Path> apiPath, List<Path> processorPath, Path cache, String version) {

    /** Copies the lists. */
    public Toolbox {
        apiPath = List.copyOf(apiPath);
        processorPath = List.copyOf(processorPath);
    }
}
