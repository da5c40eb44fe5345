package org.experimaestro.launcher.pbs;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.experimaestro.requirement.AcceleratorKind;
import org.experimaestro.spi.ClusterDescription;
import org.experimaestro.spi.HostDescription;
import org.experimaestro.spi.HostDescription.Accelerators;
import org.experimaestro.spi.PartitionDescription;

/** A reader of {@code pbsnodes -av}, {@code qstat -Q -f} and {@code qstat -B -f}. */
final class ClusterReader {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,15})([kmgtp]?)[bw]?");
    private static final Pattern TIME = Pattern.compile("(?:(?:(\\d{1,9}):)?(\\d{1,9}):)?(\\d{1,9})");
    /** The limit of time limits: a longer time counts as no limit. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private static final String UNITS = "kmgtp";

    /** The properties by which hosts are equal; PBS does not report the memory of accelerators. */
    private record Kind(int cores, long memory, int accelerators, SortedSet<String> features, String queue) {}

    private ClusterReader() {}

    static ClusterDescription read(String nodes, String queues, String server) {
        Map<Kind, Integer> kinds = new LinkedHashMap<>();
        for (PbsBlocks.Block node : PbsBlocks.read(nodes)) {
            if (number(node.value("resources_available.ncpus")) > 0) {
                kinds.merge(kind(node), 1, Integer::sum);
            }
        }
        Map<Kind, String> names = new LinkedHashMap<>();
        List<HostDescription> hosts = new ArrayList<>();
        kinds.forEach((kind, count) -> {
            String name = "kind" + (names.size() + 1);
            names.put(kind, name);
            List<Accelerators> accelerators = kind.accelerators() == 0
                    ? List.of()
                    : List.of(new Accelerators(AcceleratorKind.CUDA, "", 0, kind.accelerators()));
            hosts.add(new HostDescription(name, count, kind.cores(), kind.memory(), accelerators, kind.features()));
        });
        return new ClusterDescription(hosts, partitions(queues, defaultQueue(server), names));
    }

    private static Kind kind(PbsBlocks.Block node) {
        SortedSet<String> features = new TreeSet<>();
        node.attributes().forEach((name, value) -> {
            if (name.startsWith("resources_available.") && value.strip().equals("True")) {
                features.add(name.substring("resources_available.".length()));
            }
        });
        return new Kind(
                number(node.value("resources_available.ncpus")),
                bytes(node.value("resources_available.mem")),
                number(node.value("resources_available.ngpus")),
                features,
                node.value("queue").strip());
    }

    private static int number(String text) {
        return text.strip().matches("\\d{1,9}") ? Integer.parseInt(text.strip()) : 0;
    }

    /** Returns a size (pbs_resources(7B)), as in {@code 527987460kb}. */
    static long bytes(String text) {
        Matcher size = SIZE.matcher(text.strip().toLowerCase(Locale.ROOT));
        return size.matches()
                ? new BigDecimal(size.group(1))
                        .multiply(BigDecimal.valueOf(1L << 10 * exponent(size.group(2))))
                        .min(BigDecimal.valueOf(Long.MAX_VALUE))
                        .longValue()
                : 0;
    }

    private static int exponent(String unit) {
        return unit.isEmpty() ? 0 : UNITS.indexOf(unit) + 1;
    }

    private static String defaultQueue(String server) {
        return PbsBlocks.read(server).stream()
                .map(block -> block.value("default_queue").strip())
                .filter(name -> !name.isEmpty())
                .findFirst()
                .orElse("");
    }

    /** Returns the queues in which jobs run. A host that belongs to a queue serves no other. */
    private static List<PartitionDescription> partitions(String text, String defaultQueue, Map<Kind, String> names) {
        List<PartitionDescription> partitions = new ArrayList<>();
        for (PbsBlocks.Block queue : PbsBlocks.read(text)) {
            if (queue.title().startsWith("Queue: ")
                    && queue.value("queue_type").strip().startsWith("E")) {
                String name = queue.title().substring("Queue: ".length()).strip();
                List<String> hosts = names.entrySet().stream()
                        .filter(each -> each.getKey().queue().isEmpty()
                                || each.getKey().queue().equals(name))
                        .map(Map.Entry::getValue)
                        .toList();
                if (!name.isEmpty() && (!hosts.isEmpty() || names.isEmpty())) {
                    partitions.add(new PartitionDescription(
                            name, name.equals(defaultQueue), duration(queue.value("resources_max.walltime")), hosts));
                }
            }
        }
        return partitions;
    }

    private static Optional<Duration> duration(String text) {
        Matcher time = TIME.matcher(text.strip());
        return time.matches()
                ? Optional.of(Duration.ofHours(whole(time, 1))
                                .plusMinutes(whole(time, 2))
                                .plusSeconds(whole(time, 3)))
                        .filter(limit -> !limit.isZero() && limit.compareTo(LONGEST) < 0)
                : Optional.empty();
    }

    private static long whole(Matcher matcher, int group) {
        return matcher.group(group) == null ? 0 : Long.parseLong(matcher.group(group));
    }
}
