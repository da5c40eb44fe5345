package org.experimaestro.launcher.slurm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.experimaestro.spi.HostDescription.Accelerators;
import org.experimaestro.spi.Placement;
import org.experimaestro.spi.Resources;

/**
 * An estimate of the number of jobs that could start now at a place, from the nodes of sinfo(1) and the pending jobs
 * of squeue(1).
 */
final class SlurmRoom {
    /** The columns of sinfo. */
    static final String NODES =
            "NodeList:128,Partition:64,StateCompact:16,CPUsState:40,Memory:20,AllocMem:20,Gres:256,GresUsed:256";

    /** The columns of squeue: partitions, and generic resources of each node. */
    static final String JOBS = "%P|%b";

    /** The line between both outputs. */
    static final String SEPARATOR = "experimaestro-jobs";

    private static final int FIELDS = 8;
    private static final long MEBIBYTE = 1L << 20;

    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final List<Pending> pending = new ArrayList<>();
    private final Set<String> defaults = new HashSet<>();

    private record Node(Set<String> partitions, long cores, long memory, Map<String, Integer> accelerators) {}

    private record Pending(Set<String> partitions, String resources) {}

    private SlurmRoom() {}

    /** Reads the outputs of sinfo and squeue. Lines of another form are ignored. */
    static SlurmRoom read(String output) {
        var room = new SlurmRoom();
        boolean areJobs = false;
        for (String line : output.lines().map(String::strip).toList()) {
            if (line.equals(SEPARATOR)) {
                areJobs = true;
            } else if (areJobs) {
                room.addJob(line.split("\\|", -1));
            } else {
                room.addNode(line.split("\\s+"));
            }
        }
        return room;
    }

    private void addNode(String[] fields) {
        if (fields.length != FIELDS || !fields[2].matches("(idle|mix).*") || fields[2].matches(".*[*$%@^-].*")) {
            return;
        }
        String partition = fields[1].replaceFirst("\\*$", "");
        if (fields[1].endsWith("*")) {
            defaults.add(partition);
        }
        String[] cores = fields[3].split("/");
        if (cores.length == 4 && Arrays.stream(cores).allMatch(SlurmRoom::isCount) && isCount(fields[4])) {
            long used = isCount(fields[5]) ? Long.parseLong(fields[5]) : 0;
            Map<String, Integer> free = new HashMap<>();
            count(fields[6], free, 1);
            count(fields[7], free, -1);
            nodes.computeIfAbsent(
                            fields[0],
                            name -> new Node(
                                    new HashSet<>(),
                                    Long.parseLong(cores[1]),
                                    (Long.parseLong(fields[4]) - used) * MEBIBYTE,
                                    free))
                    .partitions()
                    .add(partition);
        }
    }

    private static boolean isCount(String text) {
        return text.matches("\\d{1,15}");
    }

    /** Adds accelerators by their names, and all GPUs together under the empty name. */
    private static void count(String text, Map<String, Integer> counts, int sign) {
        for (Accelerators each : SinfoReader.accelerators(text)) {
            counts.merge(each.name(), sign * each.count(), Integer::sum);
            if (each.name().indexOf(':') < 0 && !each.name().isEmpty()) {
                counts.merge("", sign * each.count(), Integer::sum);
            }
        }
    }

    private void addJob(String[] fields) {
        if (fields.length == 2) {
            pending.add(new Pending(Set.of(fields[0].split(",")), fields[1]));
        }
    }

    /** Returns the number of jobs that could start at a place, less the number of jobs that wait for it. */
    int at(Placement place) {
        Map<String, String> options = place.options();
        Set<String> partitions = place.partition()
                .or(() -> Optional.ofNullable(options.get(SlurmOption.PARTITION.key())))
                .map(names -> (Set<String>) new HashSet<>(Arrays.asList(names.split(","))))
                .orElse(defaults);
        Resources job = place.resources();
        long free = nodes.values().stream()
                .filter(node -> node.partitions().stream().anyMatch(partitions::contains))
                .mapToLong(node -> fitting(node, job))
                .sum();
        long waiting = pending.stream()
                .filter(other ->
                        other.partitions().stream().anyMatch(partitions::contains) && competes(other.resources(), job))
                .count();
        return Math.clamp(free - waiting, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    private static long fitting(Node node, Resources job) {
        long fitting = node.cores() / Math.max(1, job.cores());
        if (job.memory() > 0) {
            fitting = Math.min(fitting, node.memory() / job.memory());
        }
        for (Map.Entry<String, Integer> each : job.accelerators().entrySet()) {
            fitting = Math.min(fitting, node.accelerators().getOrDefault(each.getKey(), 0) / each.getValue());
        }
        return Math.max(0, fitting);
    }

    /** Returns whether a pending job, with resources as in {@code gres:gpu:a100:2}, may take those of another job. */
    private static boolean competes(String pending, Resources job) {
        if (job.accelerators().isEmpty()) {
            return !pending.contains("gpu");
        }
        return job.accelerators().keySet().stream().anyMatch(name -> {
            String[] wanted = SlurmDirectives.resource(name).split(":");
            for (String resource : pending.replaceAll("gres[:/]", "").split(",")) {
                String[] other = resource.split(":");
                boolean hasType = other.length > 1 && !isCount(other[1]);
                if (other[0].equals(wanted[0]) && (wanted.length == 1 || !hasType || other[1].equals(wanted[1]))) {
                    return true;
                }
            }
            return false;
        });
    }
}
