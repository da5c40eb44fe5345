package org.experimaestro.spi;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A launcher, as the launcher file has it. Immutable.
 *
 * @param name its name in the file
 * @param type its type: {@value #DIRECT}, or the name of a {@link LauncherType}
 * @param connector the host that is talked to; empty for this one
 * @param capacity of a direct launcher, the host whose cores, memory and accelerators jobs share; empty if they are not
 *     counted
 * @param limit how many jobs may be given to it at once; empty for no limit
 * @param environment variables for the jobs, added to those of the host; one that is passed by its name has the value {@link
 *     org.experimaestro.base.process.EnvironmentVariable#PASSED}
 * @param java the {@code java} command for jobs that ask for no JDK; empty: a direct launcher on this host uses that of the
 *     plan, others search the host
 * @param jdks the {@code java} commands for jobs that ask for a JDK, by its feature release
 * @param niceness for {@code nice(1)}, 0 for none
 * @param options options of the type; those of the chosen partition and host are in {@link Placement#options}
 * @param directives directives in the system's own language, as they are
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
     * This machine as it is, without a launcher file.
     *
     * @return a direct launcher called {@code local} that counts nothing
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
     * Whether jobs are processes of this machine that the plan's process starts itself.
     *
     * @return true for a direct launcher without a connector
     */
    public boolean isHere() {
        return type.equals(DIRECT) && connector.isEmpty();
    }
}
