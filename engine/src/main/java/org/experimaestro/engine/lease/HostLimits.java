package org.experimaestro.engine.lease;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.requirement.Quantities;
import org.experimaestro.spi.HostDescription;
import org.experimaestro.spi.Placement;
import org.experimaestro.spi.Resources;

/** The limits of a host whose resources are counted. A job that asks for more would wait forever. */
public final class HostLimits {
    private HostLimits() {}

    /**
     * Returns the part of a job's share that its host does not have, of all resources: cores, memory, and each kind of
     * accelerator.
     *
     * @param placement the job's placement
     * @return a part of a sentence, such as {@code 64 cores, of which box has 4}; empty if the host has all, or its launcher
     *     does not count
     */
    public static Optional<String> excess(Placement placement) {
        return placement.launcher().capacity().flatMap(host -> excess(placement.resources(), host));
    }

    private static Optional<String> excess(Resources asked, HostDescription host) {
        List<String> parts = new ArrayList<>();
        if (asked.cores() > host.cores()) {
            parts.add(asked.cores() + " cores, of which " + host.name() + " has " + host.cores());
        }
        if (asked.memory() > host.memory()) {
            parts.add(Quantities.sizeText(asked.memory()) + " of memory, of which " + host.name() + " has "
                    + Quantities.sizeText(host.memory()));
        }
        for (Map.Entry<String, Integer> wanted : asked.accelerators().entrySet()) {
            int there = host.accelerators().stream()
                    .filter(group -> group.name().equals(wanted.getKey()))
                    .mapToInt(HostDescription.Accelerators::count)
                    .sum();
            if (wanted.getValue() > there) {
                parts.add(DeviceChoice.text(wanted.getValue(), wanted.getKey()) + ", of which " + host.name() + " has "
                        + there);
            }
        }
        return parts.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", parts));
    }
}
