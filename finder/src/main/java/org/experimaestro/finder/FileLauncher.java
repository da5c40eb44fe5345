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

    /** Its name in the file. */
    String name();

    /** Where it stands among the others, and who may have it. */
    Ranking standing();

    /**
     * Where something stands among its like, and who may have it.
     *
     * @param tags its tags
     * @param onlyTagged whether it is only for those who ask for one of its tags, or for its name
     * @param priority more is better
     * @param price less is better, when priorities are equal
     */
    record Ranking(SortedSet<String> tags, boolean onlyTagged, int priority, double price) {}

    /**
     * A launcher that runs jobs.
     *
     * @param definition what it is
     * @param standing its place among launchers
     * @param heapPercent how much of a job's memory is for the heap of its JVM
     * @param memoryPerCore bytes for each core of jobs that ask for no memory; 0 for none
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
     * @param standing its place among launchers
     * @param choice how it chooses
     * @param among the others, with their weights or priorities
     * @param refresh a shell command that prints new ones
     * @param refreshEvery how long those hold at least
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
     * @param description what it is
     * @param priority more is better
     * @param price less is better
     * @param options options for jobs that go there
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
     * @param standing its place among the partitions of its launcher
     * @param hosts the kinds of host that it has
     * @param limits what jobs may ask for
     * @param options options for jobs that go there
     */
    record Partition(
            String name, Ranking standing, List<Host> hosts, Limits limits, SortedMap<String, String> options) {}

    /**
     * What a job may ask for.
     *
     * @param duration the longest duration
     * @param cores the most cores
     * @param memory the most memory, in bytes
     * @param leastAccelerators the fewest accelerators
     * @param mostAccelerators the most accelerators
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
