package org.experimaestro.finder;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.experimaestro.requirement.Accelerator;
import org.experimaestro.requirement.Alternative;
import org.experimaestro.requirement.Quantities;
import org.experimaestro.spi.HostDescription;
import org.experimaestro.spi.HostDescription.Accelerators;

/**
 * A check that a host meets the requirement of a job.
 *
 * @param reasons all reasons against the host
 * @param assignment the accelerators that the job gets, if there are no reasons
 */
record HostCheck(List<String> reasons, AcceleratorAssignment assignment) {
    static final AcceleratorAssignment NO_ACCELERATORS = new AcceleratorAssignment(new TreeMap<>(), 0, 0);

    /**
     * Checks a host.
     *
     * @param memory bytes of main memory for the job
     */
    static HostCheck of(HostDescription host, Alternative asked, long memory) {
        List<String> reasons = new ArrayList<>();
        if (asked.cores() > host.cores()) {
            reasons.add("cores: %d asked, has %d".formatted(asked.cores(), host.cores()));
        }
        if (memory > host.memory()) {
            reasons.add("memory: %s asked, has %s"
                    .formatted(Quantities.sizeText(memory), Quantities.sizeText(host.memory())));
        }
        Optional<AcceleratorAssignment> assignment = AcceleratorAssignment.find(asked.accelerators(), host, memory);
        if (AcceleratorAssignment.find(asked.accelerators(), withAllMemory(host), 0)
                .isEmpty()) {
            reasons.add("accelerators: %s asked, has %s".formatted(text(asked.accelerators()), available(host)));
        } else if (assignment.isEmpty() && memory <= host.memory()) {
            reasons.add("memory: %s asked with %s, which share %s"
                    .formatted(
                            Quantities.sizeText(memory),
                            text(asked.accelerators()),
                            Quantities.sizeText(host.memory())));
        }
        if (!host.features().containsAll(asked.features())) {
            reasons.add("features: %s asked, has %s"
                    .formatted(
                            String.join(", ", asked.features()),
                            host.features().isEmpty() ? "none" : String.join(", ", host.features())));
        }
        return new HostCheck(reasons, assignment.orElse(NO_ACCELERATORS));
    }

    /**
     * Checks a launcher or partition without described hosts.
     *
     * @param isBatch whether a batch system decides, because it has its own list of hosts
     */
    static HostCheck withoutHost(Alternative asked, boolean isBatch) {
        List<String> reasons = new ArrayList<>();
        int count = asked.accelerators().size();
        boolean isAnonymous = asked.accelerators().stream().allMatch(each -> each.memory() == 0);
        if (count > 0 && !(isBatch && isAnonymous)) {
            reasons.add("accelerators: %s asked, no hosts are described".formatted(text(asked.accelerators())));
        }
        if (!asked.features().isEmpty() && !isBatch) {
            reasons.add("features: %s asked, no hosts are described".formatted(String.join(", ", asked.features())));
        }
        TreeMap<String, Integer> counts = new TreeMap<>();
        if (count > 0) {
            counts.put("", count);
        }
        return new HostCheck(reasons, new AcceleratorAssignment(counts, 0, 0));
    }

    private static HostDescription withAllMemory(HostDescription host) {
        return new HostDescription(
                host.name(), host.count(), host.cores(), Long.MAX_VALUE, host.accelerators(), host.features());
    }

    private static String text(List<Accelerator> accelerators) {
        return Alternative.NOTHING.withAccelerators(accelerators).toString();
    }

    private static String available(HostDescription host) {
        return host.accelerators().isEmpty()
                ? "none"
                : host.accelerators().stream().map(HostCheck::text).collect(Collectors.joining(" and "));
    }

    private static String text(Accelerators accelerators) {
        return "%s%s(mem=%s) * %d"
                .formatted(
                        accelerators.name().isEmpty() ? "" : accelerators.name() + " ",
                        accelerators.kind().name().toLowerCase(Locale.ROOT),
                        accelerators.memory() == 0 ? "?" : Quantities.sizeText(accelerators.memory()),
                        accelerators.count());
    }
}
