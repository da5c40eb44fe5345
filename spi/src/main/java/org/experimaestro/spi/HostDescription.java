package org.experimaestro.spi;

import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.experimaestro.requirement.AcceleratorKind;

/**
 * A kind of host: machines that are equal for users.
 *
 * @param name the kind's name in the launcher file
 * @param count the number of hosts of this kind, at least 1
 * @param cores processor cores of each host
 * @param memory bytes of main memory of each host
 * @param accelerators accelerators of each host
 * @param features the batch system's names for features of these hosts
 */
public record HostDescription(
        String name, int count, int cores, long memory, List<Accelerators> accelerators, SortedSet<String> features) {

    /** Copies the collections. */
    public HostDescription {
        accelerators = List.copyOf(accelerators);
        features = Collections.unmodifiableSortedSet(new TreeSet<>(features));
    }

    /**
     * A number of equal accelerators of a host.
     *
     * @param kind CUDA, MPS, or GPU for other makers' accelerators, which have memory of their own
     * @param name the batch system's name for them, such as {@code a100}; empty if they have no name of their own.
     *     The name of a generic resource of Slurm that is not a {@code gpu} has a colon: {@code tpu:v4}, or {@code
     *     tpu:}
     * @param memory bytes of memory of each; 0 if unknown, which meets no requirement of memory
     * @param count their number
     */
    public record Accelerators(AcceleratorKind kind, String name, long memory, int count) {}
}
