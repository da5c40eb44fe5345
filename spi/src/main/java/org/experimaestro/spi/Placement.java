package org.experimaestro.spi;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where a job is to run: what a request was resolved to. Jobs whose placements are equal may be given to a batch system
 * together. Immutable.
 *
 * @param launcher the launcher
 * @param partition the partition, empty for the system's default
 * @param host the kind of host, as the launcher file calls it; for people
 * @param resources what the job is given
 * @param heap the largest heap of its JVM, in bytes; empty for the JVM's default
 * @param jdk the feature release of its JVM; empty for any that can run the job
 * @param environment variables for the job: those of the launcher, with those of the request; one that is passed by its name
 *     has the value {@link org.experimaestro.base.process.EnvironmentVariable#PASSED}
 * @param options the launcher's options, with those of the partition, of the host, and of the request
 * @param directives directives in the system's own language
 * @param notice a sentence that the user should read once, such as that there is no launcher file
 */
public record Placement(
        LauncherDefinition launcher,
        Optional<String> partition,
        Optional<String> host,
        Resources resources,
        OptionalLong heap,
        OptionalInt jdk,
        SortedMap<String, String> environment,
        SortedMap<String, String> options,
        List<String> directives,
        Optional<String> notice) {

    /** Copies the collections. */
    public Placement {
        environment = Collections.unmodifiableSortedMap(new TreeMap<>(environment));
        options = Collections.unmodifiableSortedMap(new TreeMap<>(options));
        directives = List.copyOf(directives);
    }

    /**
     * A launcher without anything asked of it.
     *
     * @param launcher the launcher
     * @return the placement
     */
    public static Placement on(LauncherDefinition launcher) {
        return new Placement(
                launcher,
                Optional.empty(),
                Optional.empty(),
                Resources.NONE,
                OptionalLong.empty(),
                OptionalInt.empty(),
                launcher.environment(),
                launcher.options(),
                launcher.directives(),
                Optional.empty());
    }

    /** Launcher, partition and kind of host. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(launcher.name());
        partition.ifPresent(name -> text.append(", partition ").append(name));
        host.ifPresent(name -> text.append(", host ").append(name));
        return text.toString();
    }
}
