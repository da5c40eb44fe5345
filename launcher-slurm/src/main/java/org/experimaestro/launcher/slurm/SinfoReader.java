package org.experimaestro.launcher.slurm;

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

/** Reads {@code sinfo -h -N -o '}{@value #FORMAT}{@code '}: a line for each node in each partition. */
final class SinfoReader {
    /** Node, partition with an asterisk if it is the default, time limit, cores, megabytes, generic resources, features. */
    static final String FORMAT = "%N|%P|%l|%c|%m|%G|%f";

    private static final int FIELDS = 7;
    private static final long MEBIBYTE = 1L << 20;
    private static final Pattern TIME = Pattern.compile("(?:(\\d+)-)?(?:(\\d+):)?(\\d+):(\\d+)");
    private static final Pattern COUNT = Pattern.compile("(\\d+)\\+?");

    /** A generic resource, as in {@code gpu:a100:4(S:0-1)}, {@code gpu:4}, {@code gpu:tesla:no_consume:2}. */
    private static final Pattern GPU = Pattern.compile("gpu(?::([^:(]+))?(?::no_consume)?:(\\d+)(?:\\(.*)?");

    private final Map<Kind, Set<String>> kinds = new LinkedHashMap<>();
    private final Map<String, Limits> partitions = new LinkedHashMap<>();
    private final Map<String, Set<Kind>> kindsOfPartitions = new LinkedHashMap<>();

    /** What makes nodes equal. */
    private record Kind(int cores, long memory, List<Accelerators> accelerators, SortedSet<String> features) {}

    private record Limits(boolean isDefault, Optional<Duration> maxDuration) {}

    private SinfoReader() {}

    /** The cluster. Lines that are no nodes are left out. */
    static ClusterDescription read(String output) {
        var reader = new SinfoReader();
        for (String line : output.split("\\R")) {
            String[] fields = line.split("\\|", -1);
            if (fields.length >= FIELDS) {
                reader.add(fields);
            }
        }
        return reader.description();
    }

    private void add(String[] fields) {
        Matcher cores = COUNT.matcher(fields[3].strip());
        Matcher megabytes = COUNT.matcher(fields[4].strip());
        if (!cores.matches() || !megabytes.matches()) {
            return;
        }
        var kind = new Kind(
                Integer.parseInt(cores.group(1)),
                Long.parseLong(megabytes.group(1)) * MEBIBYTE,
                accelerators(fields[5]),
                features(fields[6]));
        kinds.computeIfAbsent(kind, key -> new LinkedHashSet<>()).add(fields[0].strip());
        String partition = fields[1].strip();
        boolean isDefault = partition.endsWith("*");
        String name = isDefault ? partition.substring(0, partition.length() - 1) : partition;
        partitions.putIfAbsent(name, new Limits(isDefault, duration(fields[2])));
        kindsOfPartitions.computeIfAbsent(name, key -> new LinkedHashSet<>()).add(kind);
    }

    /** Accelerators of a node, out of all its generic resources. */
    static List<Accelerators> accelerators(String text) {
        List<Accelerators> accelerators = new ArrayList<>();
        // The sockets in brackets have commas too.
        for (String each : text.strip().split(",(?![^(]*\\))")) {
            Matcher gpu = GPU.matcher(each.strip());
            if (gpu.matches()) {
                String name = gpu.group(1) == null || gpu.group(1).equals("no_consume") ? "" : gpu.group(1);
                accelerators.add(AcceleratorModels.describe(name, Integer.parseInt(gpu.group(2))));
            }
        }
        return accelerators;
    }

    private static SortedSet<String> features(String text) {
        SortedSet<String> features = new TreeSet<>(List.of(text.strip().split(",")));
        features.removeIf(feature -> feature.isEmpty() || feature.equals("(null)"));
        return features;
    }

    /** A time limit: {@code infinite}, {@code 2:00}, {@code 1:00:00} or {@code 1-00:00:00}. */
    static Optional<Duration> duration(String text) {
        Matcher time = TIME.matcher(text.strip());
        if (!time.matches()) {
            return Optional.empty();
        }
        return Optional.of(Duration.ofDays(number(time.group(1)))
                .plusHours(number(time.group(2)))
                .plusMinutes(number(time.group(3)))
                .plusSeconds(number(time.group(4))));
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

    /** What a kind of node is best told from others by: its accelerators, or its cores and memory. */
    private static String uniqueName(Kind kind, Set<String> taken) {
        String base = kind.accelerators().isEmpty()
                ? kind.cores() + "cores-" + Math.round(kind.memory() / (double) (1L << 30)) + "G"
                : kind.accelerators().stream()
                        .map(each -> each.count() + (each.name().isEmpty() ? "gpu" : each.name()))
                        .collect(Collectors.joining("-"));
        String name = base;
        for (int number = 2; !taken.add(name); number++) {
            name = base + "-" + number;
        }
        return name;
    }
}
