package org.experimaestro.engine;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.experimaestro.RunMode;
import org.experimaestro.spi.LauncherFinder;

/**
 * All that a run needs besides its plan and settings.
 *
 * @param name the experiment's name
 * @param mode what the run does
 * @param workspace the workspace's folder
 * @param arguments what follows the YAML file on the command line
 * @param jobs how many jobs run at once on this machine
 * @param classPath the plan's class path: jars and folders of classes
 * @param libraries the SHA-256 of each library that the plan's sources name or need, by its name; empty where nobody knows them
 * @param cache where caches are kept that may be deleted at any time
 * @param state where is kept what runs of this user must know of each other
 * @param launchers finds where jobs run
 * @param environment variables for all jobs, over those of their launchers
 * @param detached whether the jobs are submitted to batch systems, and nobody waits for them
 * @param version our own version
 * @param origin what the run is made of
 */
public record ExperimentSetup(
        String name,
        RunMode mode,
        Path workspace,
        List<String> arguments,
        int jobs,
        List<Path> classPath,
        Map<String, String> libraries,
        Path cache,
        Path state,
        LauncherFinder launchers,
        SortedMap<String, String> environment,
        boolean detached,
        String version,
        RunOrigin origin) {

    /**
     * A setup of which nobody knows what the run is made of.
     *
     * @param name the experiment's name
     * @param mode what the run does
     * @param workspace the workspace's folder
     * @param arguments what follows the YAML file on the command line
     * @param jobs how many jobs run at once on this machine
     * @param classPath the plan's class path: jars and folders of classes
     * @param libraries the SHA-256 of each library, by its name
     * @param cache where caches are kept that may be deleted at any time
     * @param state where is kept what runs of this user must know of each other
     * @param launchers finds where jobs run
     * @param environment variables for all jobs, over those of their launchers
     * @param detached whether the jobs are left to their launchers, and nobody waits for them
     * @param version our own version
     */
    public ExperimentSetup(
            String name,
            RunMode mode,
            Path workspace,
            List<String> arguments,
            int jobs,
            List<Path> classPath,
            Map<String, String> libraries,
            Path cache,
            Path state,
            LauncherFinder launchers,
            SortedMap<String, String> environment,
            boolean detached,
            String version) {
        this(
                name,
                mode,
                workspace,
                arguments,
                jobs,
                classPath,
                libraries,
                cache,
                state,
                launchers,
                environment,
                detached,
                version,
                RunOrigin.UNKNOWN);
    }

    /** Copies the collections. */
    public ExperimentSetup {
        arguments = List.copyOf(arguments);
        classPath = List.copyOf(classPath);
        libraries = Collections.unmodifiableMap(new LinkedHashMap<>(libraries));
        environment = Collections.unmodifiableSortedMap(new TreeMap<>(environment));
    }
}
