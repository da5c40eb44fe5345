package org.experimaestro.testkit;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.experimaestro.Roots;
import org.experimaestro.model.root.RootPlaces;

/** Where named roots are in the process of a test, which reads no settings. */
public final class TestRoots {
    private TestRoots() {}

    /**
     * Sets the named roots of this process, in the place of those that it had. A test does so before it makes settings or
     * configurations with {@link Roots#path}.
     *
     * @param roots the folder of each root by its name; relative ones start from the working folder
     */
    public static void define(Map<String, Path> roots) {
        Map<String, Path> absolute = new TreeMap<>();
        roots.forEach((name, folder) -> absolute.put(name, folder.toAbsolutePath()));
        RootPlaces.define(absolute);
    }
}
