package org.experimaestro.spi;

import java.util.List;

/**
 * The hosts and partitions of a batch system.
 *
 * @param hosts kinds of host
 * @param partitions partitions, empty where the system has none
 */
public record ClusterDescription(List<HostDescription> hosts, List<PartitionDescription> partitions) {

    /** Copies the lists. */
    public ClusterDescription {
        hosts = List.copyOf(hosts);
        partitions = List.copyOf(partitions);
    }
}
