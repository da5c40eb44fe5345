package org.experimaestro.engine;

import java.nio.file.Path;
import java.util.List;
import org.experimaestro.RunMode;

/**
 * All that a run needs besides its plan and settings.
 *
 * @param name the experiment's name
 * @param mode what the run does
 * @param workspace the workspace's folder
 * @param arguments what follows the YAML file on the command line
 * @param jobs how many jobs run at once
 * @param classPath the plan's class path: jars and folders of classes
 * @param cache where caches are kept that may be deleted at any time
 * @param version our own version
 */
public record ExperimentSetup(
        String name,
        RunMode mode,
        Path workspace,
        List<String> arguments,
        int jobs,
        List<Path> classPath,
        Path cache,
        String version) {

    /** Copies the lists. */
    public ExperimentSetup {
        arguments = List.copyOf(arguments);
        classPath = List.copyOf(classPath);
    }
}
