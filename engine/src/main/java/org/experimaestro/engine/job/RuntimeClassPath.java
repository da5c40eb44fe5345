package org.experimaestro.engine.job;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import org.experimaestro.LaunchException;
import org.experimaestro.workspace.JobCommand;

/** The part of Experimaestro's class path that a job needs. */
public final class RuntimeClassPath {
    private static final List<String> ONE_CLASS_OF_EACH = List.of(
            JobCommand.MAIN,
            "org.experimaestro.workspace.Workspace",
            "org.experimaestro.core.json.Json",
            "org.experimaestro.model.Node",
            "org.experimaestro.Config",
            "org.experimaestro.requirement.Alternative",
            "org.experimaestro.base.process.PlanLine",
            "org.jspecify.annotations.NullMarked");

    private RuntimeClassPath() {}

    /**
     * Returns the jars, or folders of classes, of the modules that a job's process loads.
     *
     * @return the paths, in a fixed order
     * @throws LaunchException if a module is not on the class path
     */
    public static List<Path> find() {
        List<Path> entries = new ArrayList<>();
        for (String name : ONE_CLASS_OF_EACH) {
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
