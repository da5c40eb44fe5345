package org.experimaestro.launcher.slurm;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.experimaestro.spi.ClusterDescription;
import org.experimaestro.spi.HostDescription;
import org.experimaestro.spi.HostDescription.Accelerators;
import org.experimaestro.spi.PartitionDescription;
import org.jspecify.annotations.Nullable;

/** A reader of {@code sinfo -h -N -o '}{@value #FORMAT}{@code '}: a line for each node in each partition. */
final class SinfoReader {
    /**
     * The columns: node, partition with an asterisk if it is the default, time limit, cores, megabytes, generic
     * resources, features.
     */
    static final String FORMAT = "%N|%P|%l|%c|%m|%G|%f";

    private static final int FIELDS = 7;
    /** The limit of time limits: a longer time, such as 365,000 days, counts as no limit. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private static final long MEBIBYTE = 1L << 20;
    private static final Pattern TIME = Pattern.compile("(?:(\\d{1,6})-)?(?:(\\d{1,9}):)?(\\d{1,9}):(\\d{1,9})");
    private static final Pattern COUNT = Pattern.compile("(\\d{1,9})\\+?");

    /**
     * The pattern of memory: megabytes, or a number with a unit if a site configures Slurm's commands to print one.
     */
    private static final Pattern MEMORY = Pattern.compile("(\\d{1,12}(?:\\.\\d{1,6})?)([KMGTP]?)\\+?");

    private static final String UNITS = "KMGTP";
    /** The greatest count, of six digits. */
    private static final int MOST = 999_999;

    /** The pattern of a resource between commas; the sockets in brackets have commas, too. */
    private static final Pattern RESOURCE = Pattern.compile("(?:\\([^)]*\\)?|[^,(])++");

    /**
     * The pattern of an accelerator among generic resources, as in {@code gpu:a100:4(S:0-1)}, {@code gpu:4}, {@code
     * gpu:tesla:no_consume:2}. Most sites name accelerators of all makers {@code gpu}; {@code mps} and {@code shard}
     * are parts of them.
     */
    private static final Pattern ACCELERATOR = Pattern.compile(
            "(gpu|tpu|npu|hpu|xpu|ipu|dcu|mlu|gaudi\\d?)" + "(?::([^:(]+))?(?::no_consume)?:(\\d{1,6})(?:\\(.*)?");

    private final Map<Kind, Set<String>> kinds = new LinkedHashMap<>();
    private final Map<String, Limits> partitions = new LinkedHashMap<>();
    private final Map<String, Set<Kind>> kindsOfPartitions = new LinkedHashMap<>();

    /** The properties by which nodes are equal. */
    private record Kind(int cores, long memory, List<Accelerators> accelerators, SortedSet<String> features) {}

    private record Limits(boolean isDefault, Optional<Duration> maxDuration) {}

    private SinfoReader() {}

    /** Returns the cluster. Lines that are not nodes are ignored. */
    static ClusterDescription read(String output) {
        var reader = new SinfoReader();
        for (String line : output.split("\r?\n")) {
            String[] fields = line.split("\\|", -1);
            if (fields.length >= FIELDS) {
                reader.add(fields);
            }
        }
        return reader.description();
    }

    private void add(String[] fields) {
        Matcher cores = COUNT.matcher(fields[3].strip());
        Matcher memory = MEMORY.matcher(fields[4].strip());
        String partition = fields[1].strip();
        boolean isDefault = partition.endsWith("*");
        String name = isDefault ? partition.substring(0, partition.length() - 1) : partition;
        if (!cores.matches() || Integer.parseInt(cores.group(1)) == 0 || !memory.matches() || name.isEmpty()) {
            return;
        }
        var kind =
                new Kind(Integer.parseInt(cores.group(1)), bytes(memory), accelerators(fields[5]), features(fields[6]));
        kinds.computeIfAbsent(kind, key -> new LinkedHashSet<>()).add(fields[0].strip());
        partitions.putIfAbsent(name, new Limits(isDefault, duration(fields[2])));
        kindsOfPartitions.computeIfAbsent(name, key -> new LinkedHashSet<>()).add(kind);
    }

    private static long bytes(Matcher memory) {
        String unit = memory.group(2);
        long factor = unit.isEmpty() ? MEBIBYTE : 1L << 10 * (UNITS.indexOf(unit) + 1);
        return new BigDecimal(memory.group(1))
                .multiply(BigDecimal.valueOf(factor))
                .min(BigDecimal.valueOf(Long.MAX_VALUE))
                .longValue();
    }

    /**
     * Returns the accelerators of a node from its generic resources. The name of a resource that is not a {@code gpu}
     * has a colon: {@code tpu:v4}, or {@code tpu:} if it has no type.
     */
    static List<Accelerators> accelerators(String text) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (Matcher found = RESOURCE.matcher(text); found.find(); ) {
            String each = found.group();
            Matcher resource = ACCELERATOR.matcher(each.strip());
            if (resource.matches() && Integer.parseInt(resource.group(3)) > 0) {
                String type = resource.group(2) == null || resource.group(2).equals("no_consume")
                        ? ""
                        : resource.group(2).strip();
                String name = resource.group(1).equals("gpu") ? type : resource.group(1) + ":" + type;
                counts.merge(name, Integer.parseInt(resource.group(3)), (one, more) -> Math.min(one + more, MOST));
            }
        }
        List<Accelerators> accelerators = new ArrayList<>();
        counts.forEach((name, count) -> accelerators.add(AcceleratorModels.describe(name, count)));
        return accelerators;
    }

    private static SortedSet<String> features(String text) {
        SortedSet<String> features = new TreeSet<>(List.of(text.strip().split(",")));
        features.removeIf(feature -> feature.isEmpty() || feature.equals("(null)"));
        return features;
    }

    /** Returns a time limit: {@code infinite}, {@code 2:00}, {@code 1:00:00} or {@code 1-00:00:00}. */
    static Optional<Duration> duration(String text) {
        Matcher time = TIME.matcher(text.strip());
        if (!time.matches()) {
            return Optional.empty();
        }
        return Optional.of(Duration.ofDays(number(time.group(1)))
                        .plusHours(number(time.group(2)))
                        .plusMinutes(number(time.group(3)))
                        .plusSeconds(number(time.group(4))))
                .filter(limit -> !limit.isZero() && limit.compareTo(LONGEST) < 0);
    }

    private static long number(@Nullable String text) {
        return text == null ? 0 : Long.parseLong(text);
    }

    private ClusterDescription description() {
        Map<Kind, String> names = new LinkedHashMap<>();
        Set<String> taken = new LinkedHashSet<>();
        List<HostDescription> hosts = new ArrayList<>();
        kinds.forEach((kind, nodes) -> {
            String name = uniqueName(kind, taken);
            names.put(kind, name);
            hosts.add(new HostDescription(
                    name, nodes.size(), kind.cores(), kind.memory(), kind.accelerators(), kind.features()));
        });
        List<PartitionDescription> descriptions = new ArrayList<>();
        partitions.forEach((name, limits) -> descriptions.add(new PartitionDescription(
                name,
                limits.isDefault(),
                limits.maxDuration(),
                kindsOfPartitions.getOrDefault(name, Set.of()).stream()
                        .map(kind -> names.getOrDefault(kind, ""))
                        .toList())));
        return new ClusterDescription(hosts, descriptions);
    }

    /** Returns a name that distinguishes a kind of node: from its accelerators, or its cores and memory. */
    private static String uniqueName(Kind kind, Set<String> taken) {
        String base = kind.accelerators().isEmpty()
                ? kind.cores() + "cores-" + Math.round(kind.memory() / (double) (1L << 30)) + "G"
                : kind.accelerators().stream()
                        .map(each -> each.count()
                                + (each.name().isEmpty()
                                        ? "gpu"
                                        : each.name().replaceAll(":$", "").replace(':', '-')))
                        .collect(Collectors.joining("-"));
        String name = base;
        for (int number = 2; !taken.add(name); number++) {
            name = base + "-" + number;
        }
        return name;
    }
}
