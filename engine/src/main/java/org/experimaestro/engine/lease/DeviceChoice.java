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

    /** So many accelerators of a name, which may be empty. */
    static String text(int count, String name) {
        return count + (count == 1 ? " accelerator" : " accelerators") + (name.isEmpty() ? "" : " " + name);
    }
}
