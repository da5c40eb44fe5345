package org.experimaestro.finder;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import org.experimaestro.spi.HostDescription;
import org.experimaestro.spi.LauncherDefinition;

/** A launcher of the file, checked and complete. */
sealed interface FileLauncher {

    /** Returns its name in the file. */
    String name();

    /** Returns its rank among the other launchers, and its users. */
    Ranking standing();

    /**
     * The rank of a launcher or partition among others, and its users.
     *
     * @param labels its labels
     * @param onlyLabeled whether only requests with one of its labels, or with its name, may use it
     * @param priority more is better
     * @param price less is better, when priorities are equal
     */
    record Ranking(SortedSet<String> labels, boolean onlyLabeled, int priority, double price) {}

    /**
     * A launcher that runs jobs.
     *
     * @param definition its definition
     * @param standing its rank among launchers
     * @param heapPercent the percentage of a job's memory for the heap of its JVM
     * @param memoryPerCore bytes for each core of jobs that require no memory; 0 for none
     * @param hosts kinds of host, in the order of the file; empty if the file describes none
     * @param partitions partitions, in the order of the file; empty if it has none
     */
    record Running(
            LauncherDefinition definition,
            Ranking standing,
            int heapPercent,
            long memoryPerCore,
            List<Host> hosts,
            List<Partition> partitions)
            implements FileLauncher {
        @Override
        public String name() {
            return definition.name();
        }
    }

    /**
     * A launcher that chooses among others.
     *
     * @param name its name
     * @param standing its rank among launchers
     * @param choice its way to choose
     * @param among the others, with their weights or priorities
     * @param refresh a shell command that prints new weights or priorities
     * @param refreshEvery the least time between two refreshes
     */
    record Dynamic(
            String name,
            Ranking standing,
            LauncherEntry.Choice choice,
            Map<String, Double> among,
            Optional<String> refresh,
            Duration refreshEvery)
            implements FileLauncher {}

    /**
     * A kind of host.
     *
     * @param description its description
     * @param priority more is better
     * @param price less is better
     * @param options options for jobs on such a host
     */
    record Host(HostDescription description, int priority, double price, SortedMap<String, String> options) {
        String name() {
            return description.name();
        }
    }

    /**
     * A partition.
     *
     * @param name its name in the batch system
     * @param standing its rank among the partitions of its launcher
     * @param hosts the kinds of its hosts
     * @param limits the limits for its jobs
     * @param options options for jobs in the partition
     */
    record Partition(
            String name, Ranking standing, List<Host> hosts, Limits limits, SortedMap<String, String> options) {}

    /**
     * The limits for the jobs of a partition.
     *
     * @param duration the longest duration
     * @param cores the largest number of cores
     * @param memory the largest memory, in bytes
     * @param leastAccelerators the smallest number of accelerators
     * @param mostAccelerators the largest number of accelerators
     * @param exclusive whether jobs must have hosts for themselves, or must not; empty for both
     */
    record Limits(
            Optional<Duration> duration,
            OptionalInt cores,
            OptionalLong memory,
            int leastAccelerators,
            OptionalInt mostAccelerators,
            Optional<Boolean> exclusive) {}
}
