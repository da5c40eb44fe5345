package org.experimaestro.spi;

import java.util.Optional;

/**
 * A placement on one kind of host, with the description of the host.
 *
 * @param placement the placement
 * @param host the kind of host; empty if the launcher file describes none
 */
public record HostPlacement(Placement placement, Optional<HostDescription> host) {}
