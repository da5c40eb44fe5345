package org.experimaestro.engine.lease;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.experimaestro.spi.HostDescription;
import org.experimaestro.spi.Resources;

/**
 * Which accelerators of a host a job gets. They are numbered in the order of the host's description, from 0.
 *
 * @param numbers their numbers
 * @param missing what there is not enough of, or an empty text
 */
record DeviceChoice(List<Integer> numbers, String missing) {

    /** Says whether a device is in nobody's hands. */
    interface Free {
        boolean isFree(int device) throws IOException;
    }

    static DeviceChoice of(HostDescription host, Resources asked, Free free) throws IOException {
        List<Integer> numbers = new ArrayList<>();
        StringBuilder missing = new StringBuilder();
        int first = 0;
        for (HostDescription.Accelerators group : host.accelerators()) {
            int wanted = asked.accelerators().getOrDefault(group.name(), 0);
            for (int device = first; device < first + group.count() && wanted > 0; device++) {
                if (!numbers.contains(device) && free.isFree(device)) {
                    numbers.add(device);
                    wanted--;
                }
            }
            first += group.count();
            if (wanted > 0) {
                missing.append(missing.isEmpty() ? "" : " and ")
                        .append(wanted)
                        .append(wanted == 1 ? " accelerator" : " accelerators")
                        .append(group.name().isEmpty() ? "" : " " + group.name());
            }
        }
        return new DeviceChoice(numbers, missing.toString());
    }
}
