package org.experimaestro.loader.source;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.experimaestro.core.file.UserCache;

/**
 * What this installation brings to the compilation of a plan.
 *
 * @param apiPath jars or folders with the classes that plans are compiled against: the api and what it needs
 * @param processorPath jars or folders of our annotation processor; empty: no processor runs
 * @param cache folder of the compiled plans, made when missing; see {@link #defaultCache(Map, Path)}
 * @param version version of this installation; another version compiles everything anew
 */
public record Toolbox(List<Path> apiPath, List<Path> processorPath, Path cache, String version) {

    /** Copies the lists. */
    public Toolbox {
        apiPath = List.copyOf(apiPath);
        processorPath = List.copyOf(processorPath);
    }

    /**
     * The cache folder of a user, which {@link UserCache} knows.
     *
     * @param environment the environment's variables, {@link System#getenv()}
     * @param home the user's home folder
     * @return the folder, which need not exist
     */
    public static Path defaultCache(Map<String, String> environment, Path home) {
        return UserCache.folder(environment, home);
    }
}
