package org.experimaestro.spi;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A partition, or queue, of a batch system.
 *
 * @param name its name in the system
 * @param isDefault whether jobs go there that name none
 * @param maxDuration how long a job may take, empty for no limit
 * @param hosts the kinds of host that it has, by name
 */
public record PartitionDescription(String name, boolean isDefault, Optional<Duration> maxDuration, List<String> hosts) {

    /** Copies the list. */
    public PartitionDescription {
        hosts = List.copyOf(hosts);
    }
}
