package org.experimaestro.loader.source;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

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
     * The cache folder of a user: {@code $XDG_CACHE_HOME/experimaestro}, else {@code ~/.cache/experimaestro}. A relative
     * {@code XDG_CACHE_HOME} is ignored, as the XDG base directory specification (0.8) asks.
     *
     * @param environment the environment's variables, {@link System#getenv()}
     * @param home the user's home folder
     * @return the folder, which need not exist
     */
    public static Path defaultCache(Map<String, String> environment, Path home) {
        String configured = environment.getOrDefault("XDG_CACHE_HOME", "");
        Path caches = !configured.isEmpty() && Path.of(configured).isAbsolute()
                ? Path.of(configured)
                : home.resolve(".cache");
        return caches.resolve("experimaestro");
    }
}
