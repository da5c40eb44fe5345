package org.experimaestro.testkit;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.experimaestro.Roots;
import org.experimaestro.model.root.RootPlaces;

/**
 * The named roots in the process of a test, which reads no settings.
 *
 * <p>{@snippet :
 * TestRoots.define(Map.of("data", folder));
 * }
 */
public final class TestRoots {
    private TestRoots() {}

    /**
     * Sets the named roots of this process, and removes the roots that it had. Call it before the test makes settings
     * or configurations with {@link Roots#path}.
     *
     * @param roots the folder of each root by its name; relative folders start from the working folder
     */
    public static void define(Map<String, Path> roots) {
        Map<String, Path> absolute = new TreeMap<>();
        roots.forEach((name, folder) -> absolute.put(name, folder.toAbsolutePath()));
        RootPlaces.define(absolute);
    }
}
