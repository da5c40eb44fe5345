package org.experimaestro.engine.job;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import org.experimaestro.LaunchException;
import org.experimaestro.workspace.code.CodeComparison;

/** The part of Experimaestro's class path that a job needs. */
public final class RuntimeClassPath {
    private RuntimeClassPath() {}

    /**
     * Returns the jars, or folders of classes, of the modules that a job's process loads.
     *
     * @return the paths, in a fixed order
     * @throws LaunchException if a module is not on the class path
     */
    public static List<Path> find() {
        List<Path> entries = new ArrayList<>();
        for (String name : CodeComparison.OWN_CLASSES) {
            Path entry = locate(name);
            if (!entries.contains(entry)) {
                entries.add(entry);
            }
        }
        return entries;
    }

    private static Path locate(String name) {
        try {
            CodeSource source = Class.forName(name, false, RuntimeClassPath.class.getClassLoader())
                    .getProtectionDomain()
                    .getCodeSource();
            if (source != null) {
                return Path.of(source.getLocation().toURI());
            }
        } catch (ClassNotFoundException | URISyntaxException missing) {
            throw LaunchException.of("Jobs cannot be run: the class " + name + " is not on the class path")
                    .advice("add org.experimaestro:experimaestro-runtime to it")
                    .cause(missing)
                    .build();
        }
        throw LaunchException.of("Jobs cannot be run: nobody knows where the class " + name + " comes from")
                .build();
    }
}
