package org.experimaestro.spi;

import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.experimaestro.requirement.AcceleratorKind;

/**
 * A kind of host: machines that are the same for those who ask for one.
 *
 * @param name what the kind is called in the launcher file
 * @param count how many hosts of this kind there are, at least 1
 * @param cores processor cores of each
 * @param memory bytes of main memory of each
 * @param accelerators accelerators of each
 * @param features names that the batch system knows its hosts by
 */
public record HostDescription(
        String name, int count, int cores, long memory, List<Accelerators> accelerators, SortedSet<String> features) {

    /** Copies the collections. */
    public HostDescription {
        accelerators = List.copyOf(accelerators);
        features = Collections.unmodifiableSortedSet(new TreeSet<>(features));
    }

    /**
     * Equal accelerators of a host.
     *
     * @param kind CUDA, MPS, or GPU for those of other makers, which have memory of their own
     * @param name what the batch system calls them, such as {@code a100}; empty where they have no name of their own. The
     *     name of a generic resource of Slurm that is no {@code gpu} has a colon: {@code tpu:v4}, or {@code tpu:}
     * @param memory bytes of memory of each; 0 if it is not known, which meets no requirement of memory
     * @param count how many
     */
    public record Accelerators(AcceleratorKind kind, String name, long memory, int count) {}
}
