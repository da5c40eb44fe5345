package org.experimaestro.spi;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A partition, or queue, of a batch system.
 *
 * @param name its name in the system
 * @param isDefault whether it is the partition of jobs that name none
 * @param maxDuration the longest time that a job may take, empty for no limit
 * @param hosts the kinds of its hosts, by name
 */
public record PartitionDescription(String name, boolean isDefault, Optional<Duration> maxDuration, List<String> hosts) {

    /** Copies the list. */
    public PartitionDescription {
        hosts = List.copyOf(hosts);
    }
}
