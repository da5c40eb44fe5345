package org.experimaestro.spi;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The resources of a job on one host: an alternative of its requirement, with accelerators of that host. Immutable.
 *
 * @param duration the longest time that it may take, empty for the launcher's limit
 * @param cores the number of processor cores; 0 if none were requested, which leaves the number to the launcher
 * @param memory bytes of main memory; 0 if none was requested
 * @param accelerators the numbers of accelerators of the host, by their name there (see {@link
 *     HostDescription.Accelerators#name}); an empty name if they have none
 * @param exclusive whether no other job may use the host meanwhile
 * @param features names that the host must have
 */
public record Resources(
        Optional<Duration> duration,
        int cores,
        long memory,
        SortedMap<String, Integer> accelerators,
        boolean exclusive,
        SortedSet<String> features) {

    /** No particular resources. */
    public static final Resources NONE = new Resources(Optional.empty(), 0, 0, new TreeMap<>(), false, new TreeSet<>());

    /** Copies the collections. */
    public Resources {
        accelerators = Collections.unmodifiableSortedMap(new TreeMap<>(accelerators));
        features = Collections.unmodifiableSortedSet(new TreeSet<>(features));
    }

    /**
     * Returns the total number of accelerators.
     *
     * @return the sum over all names
     */
    public int acceleratorCount() {
        return accelerators.values().stream().mapToInt(Integer::intValue).sum();
    }

    /**
     * Returns the same resources with other accelerators.
     *
     * @param accelerators counts by name
     * @return new resources
     */
    public Resources withAccelerators(Map<String, Integer> accelerators) {
        return new Resources(duration, cores, memory, new TreeMap<>(accelerators), exclusive, features);
    }
}
