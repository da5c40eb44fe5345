package org.experimaestro.spi;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A launcher in the launcher file. Immutable.
 *
 * @param name its name in the file
 * @param type its type: {@value #DIRECT}, or the name of a {@link LauncherType}
 * @param connector the connector to its host; empty for this machine
 * @param capacity of a direct launcher, the host whose cores, memory and accelerators jobs share; empty if they are
 *     not counted
 * @param limit the largest number of jobs that may be submitted to it at once; empty for no limit
 * @param environment variables for the jobs, added to those of the host. A variable that is passed by its name has
 *     the value {@link org.experimaestro.base.process.EnvironmentVariable#PASSED}.
 * @param java the {@code java} command for jobs that require no JDK. If it is empty, a direct launcher on this host
 *     uses the plan's command; other launchers search the host.
 * @param jdks the {@code java} commands for jobs that require a JDK, by its feature release
 * @param niceness for {@code nice(1)}, 0 for none
 * @param options options of the type; those of the chosen partition and host are in {@link Placement#options}
 * @param directives directives in the system's own language, unchanged
 */
public record LauncherDefinition(
        String name,
        String type,
        Optional<ConnectorDefinition> connector,
        Optional<HostDescription> capacity,
        OptionalInt limit,
        SortedMap<String, String> environment,
        Optional<String> java,
        SortedMap<Integer, String> jdks,
        int niceness,
        SortedMap<String, String> options,
        List<String> directives) {

    /** The type of launchers that start processes themselves. */
    public static final String DIRECT = "direct";

    /** Copies the collections. */
    public LauncherDefinition {
        environment = Collections.unmodifiableSortedMap(new TreeMap<>(environment));
        jdks = Collections.unmodifiableSortedMap(new TreeMap<>(jdks));
        options = Collections.unmodifiableSortedMap(new TreeMap<>(options));
        directives = List.copyOf(directives);
    }

    /**
     * Creates the launcher for this machine without a launcher file.
     *
     * @return a direct launcher called {@code local}, which does not count resources
     */
    public static LauncherDefinition local() {
        return new LauncherDefinition(
                "local",
                DIRECT,
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                new TreeMap<>(),
                Optional.empty(),
                new TreeMap<>(),
                0,
                new TreeMap<>(),
                List.of());
    }

    /**
     * Returns whether the plan's process itself starts the jobs, as processes of this machine.
     *
     * @return true for a direct launcher without a connector
     */
    public boolean isHere() {
        return type.equals(DIRECT) && connector.isEmpty();
    }
}
