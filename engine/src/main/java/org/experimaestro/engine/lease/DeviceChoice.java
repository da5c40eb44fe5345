package org.experimaestro.engine.lease;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.experimaestro.spi.HostDescription;
import org.experimaestro.spi.Resources;

/**
 * The accelerators of a host that a job gets. They are numbered in the order of the host's description, from 0.
 *
 * @param numbers their numbers
 * @param missing the accelerators of which there are not enough, as a text; empty if there are enough
 */
record DeviceChoice(List<Integer> numbers, String missing) {

    /** A test whether no job holds a device. */
    interface Free {
        boolean isFree(int device) throws IOException;
    }

    static DeviceChoice of(HostDescription host, Resources asked, Free free) throws IOException {
        List<Integer> numbers = new ArrayList<>();
        Map<String, Integer> wanted = new LinkedHashMap<>(asked.accelerators());
        int device = 0;
        for (HostDescription.Accelerators group : host.accelerators()) {
            for (int i = 0; i < group.count(); i++, device++) {
                if (wanted.getOrDefault(group.name(), 0) > 0 && free.isFree(device)) {
                    numbers.add(device);
                    wanted.merge(group.name(), -1, Integer::sum);
                }
            }
        }
        String missing = wanted.entrySet().stream()
                .filter(left -> left.getValue() > 0)
                .map(left -> text(left.getValue(), left.getKey()))
                .collect(Collectors.joining(" and "));
        return new DeviceChoice(numbers, missing);
    }

    /** Returns a number of accelerators as a text, with their name unless that is empty. */
    static String text(int count, String name) {
        return count + (count == 1 ? " accelerator" : " accelerators") + (name.isEmpty() ? "" : " " + name);
    }
}
