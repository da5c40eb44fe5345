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
 * What a job is given on one host: one alternative of its requirement, with accelerators of that host. Immutable.
 *
 * @param duration how long it may take, empty for as long as the launcher lets it
 * @param cores how many processor cores; 0 if nothing was asked for, which leaves it to the launcher
 * @param memory bytes of main memory; 0 if nothing was asked for
 * @param accelerators how many of which accelerators of the host, by their name there (see
 *     {@link HostDescription.Accelerators#name}); an empty name where they have none
 * @param exclusive whether nobody else may use the host meanwhile
 * @param features names that the host must have
 */
public record Resources(
        Optional<Duration> duration,
        int cores,
        long memory,
        SortedMap<String, Integer> accelerators,
        boolean exclusive,
        SortedSet<String> features) {

    /** Nothing in particular. */
    public static final Resources NONE = new Resources(Optional.empty(), 0, 0, new TreeMap<>(), false, new TreeSet<>());

    /** Copies the collections. */
    public Resources {
        accelerators = Collections.unmodifiableSortedMap(new TreeMap<>(accelerators));
        features = Collections.unmodifiableSortedSet(new TreeSet<>(features));
    }

    /**
     * How many accelerators in all.
     *
     * @return the sum over all names
     */
    public int acceleratorCount() {
        return accelerators.values().stream().mapToInt(Integer::intValue).sum();
    }

    /**
     * The accelerators as a plain map.
     *
     * @param accelerators counts by name
     * @return the same resources with other accelerators
     */
    public Resources withAccelerators(Map<String, Integer> accelerators) {
        return new Resources(duration, cores, memory, new TreeMap<>(accelerators), exclusive, features);
    }
}
