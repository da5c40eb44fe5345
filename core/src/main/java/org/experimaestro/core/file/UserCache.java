package org.experimaestro.core.file;

import java.nio.file.Path;
import java.util.Map;

/** Where is kept what can be made again. */
public final class UserCache {
    private UserCache() {}

    /**
     * The cache folder of a user: {@code $XDG_CACHE_HOME/experimaestro}, else {@code ~/.cache/experimaestro}. A relative
     * {@code XDG_CACHE_HOME} is ignored, as the XDG base directory specification (0.8) asks.
     *
     * @param environment the environment's variables, {@link System#getenv()}
     * @param home the user's home folder
     * @return the folder, which need not exist
     */
    public static Path folder(Map<String, String> environment, Path home) {
        String configured = environment.getOrDefault("XDG_CACHE_HOME", "");
        Path caches = !configured.isEmpty() && Path.of(configured).isAbsolute()
                ? Path.of(configured)
                : home.resolve(".cache");
        return caches.resolve("experimaestro");
    }
}
