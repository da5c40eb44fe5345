package org.experimaestro.workspace;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.experimaestro.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * The resources that the process of an attempt has used, as measured by the process itself. Immutable.
 *
 * <p>The code is on the path of a job, so it uses no streams.
 *
 * @param cpuSeconds the time of all cores that the process took, with that of the children for which it has waited, in
 *     seconds; empty if the system does not measure it
 * @param gcSeconds the part of it that the JVM's threads for collecting garbage took, in seconds; empty if the system does
 *     not measure it
 * @param maxMemoryBytes the largest physical memory of the process, with its heap and without its children, in bytes;
 *     empty if the system does not measure it
 * @param childMemoryBytes the largest physical memory of the processes that the task has started, as far as they were seen,
 *     in bytes; empty if none was seen
 * @param cgroupMemoryBytes the largest memory of the control group of the job, with the contents of files that the kernel
 *     keeps, in bytes; empty unless the job has a group to itself, see {@link CgroupMemory}
 * @param wallSeconds the time from the start of the process to its end, in seconds
 * @param energy the energy that the process used; {@code null} if it was not measured
 */
public record ResourceUse(
        OptionalDouble cpuSeconds,
        OptionalDouble gcSeconds,
        OptionalLong maxMemoryBytes,
        OptionalLong childMemoryBytes,
        OptionalLong cgroupMemoryBytes,
        double wallSeconds,
        @Nullable EnergyUse energy) {
    private static final String USAGE = "usage";
    private static final String CPU = "cpuSeconds";
    private static final String GC = "gcSeconds";
    private static final String MEMORY = "maxMemoryBytes";
    private static final String CHILD_MEMORY = "childMemoryBytes";
    private static final String CGROUP_MEMORY = "cgroupMemoryBytes";
    private static final String WALL = "wallSeconds";

    private static final double MILLIS_PER_SECOND = 1000.0;

    /**
     * Creates resources without energy, of a job without a control group.
     *
     * @param cpuSeconds the time of all cores, in seconds
     * @param gcSeconds the part of it that collecting garbage took
     * @param maxMemoryBytes the largest physical memory of the process
     * @param childMemoryBytes that of the processes that the task has started
     * @param wallSeconds the time from the start of the process to its end
     */
    public ResourceUse(
            OptionalDouble cpuSeconds,
            OptionalDouble gcSeconds,
            OptionalLong maxMemoryBytes,
            OptionalLong childMemoryBytes,
            double wallSeconds) {
        this(cpuSeconds, gcSeconds, maxMemoryBytes, childMemoryBytes, wallSeconds, null);
    }

    /**
     * Creates resources of a job without a control group.
     *
     * @param cpuSeconds the time of all cores, in seconds
     * @param gcSeconds the part of it that collecting garbage took
     * @param maxMemoryBytes the largest physical memory of the process
     * @param childMemoryBytes that of the processes that the task has started
     * @param wallSeconds the time from the start of the process to its end
     * @param energy the energy that the process used; {@code null} if it was not measured
     */
    public ResourceUse(
            OptionalDouble cpuSeconds,
            OptionalDouble gcSeconds,
            OptionalLong maxMemoryBytes,
            OptionalLong childMemoryBytes,
            double wallSeconds,
            @Nullable EnergyUse energy) {
        this(cpuSeconds, gcSeconds, maxMemoryBytes, childMemoryBytes, OptionalLong.empty(), wallSeconds, energy);
    }

    /**
     * Returns the same resources with energy.
     *
     * @param used the energy; {@code null} if it was not measured
     * @return new resources
     */
    public ResourceUse with(@Nullable EnergyUse used) {
        return new ResourceUse(
                cpuSeconds, gcSeconds, maxMemoryBytes, childMemoryBytes, cgroupMemoryBytes, wallSeconds, used);
    }

    /**
     * Returns the same resources with the memory of a control group.
     *
     * @param bytes the largest memory of the group; empty if the job has none to itself
     * @return new resources
     */
    public ResourceUse withCgroup(OptionalLong bytes) {
        return new ResourceUse(cpuSeconds, gcSeconds, maxMemoryBytes, childMemoryBytes, bytes, wallSeconds, energy);
    }

    /**
     * Measures this process.
     *
     * @param startedMillis the start of the process, in milliseconds since 1970
     * @param childMemoryBytes the largest memory of its children so far, in bytes; 0 if none was seen
     * @return the resources used so far, without the energy
     */
    public static ResourceUse ofThisProcess(long startedMillis, long childMemoryBytes) {
        double wall = Math.max(0, System.currentTimeMillis() - startedMillis) / MILLIS_PER_SECOND;
        return new ResourceUse(
                cpu(ProcFile.line("self/stat")),
                ProcessUse.gcSeconds(),
                ProcessUse.peakMemory("self"),
                childMemoryBytes > 0 ? OptionalLong.of(childMemoryBytes) : OptionalLong.empty(),
                wall);
    }

    private static OptionalDouble cpu(String stat) {
        if (!stat.isEmpty()) {
            return OptionalDouble.of(ProcessUse.cpuSeconds(stat));
        }
        Duration cpu = ProcessHandle.current().info().totalCpuDuration().orElse(null);
        return cpu == null ? OptionalDouble.empty() : OptionalDouble.of(cpu.toMillis() / MILLIS_PER_SECOND);
    }

    /**
     * Returns the largest memory of the process and its children. Both need not have been the largest at the same time, so
     * the sum is an upper bound.
     *
     * @return the bytes; empty if the system does not measure it
     */
    public OptionalLong memoryBytes() {
        return maxMemoryBytes.isPresent()
                ? OptionalLong.of(maxMemoryBytes.getAsLong() + childMemoryBytes.orElse(0))
                : childMemoryBytes;
    }

    /**
     * Returns the number of cores that the process has kept busy on average.
     *
     * @return a number of cores; empty if the time of its cores is not known, or the process has just begun
     */
    public OptionalDouble busyCores() {
        return cpuSeconds.isPresent() && wallSeconds > 0
                ? OptionalDouble.of(cpuSeconds.getAsDouble() / wallSeconds)
                : OptionalDouble.empty();
    }

    static void addTo(Map<String, Object> json, @Nullable ResourceUse use) {
        if (use != null) {
            json.put(USAGE, use.toJson());
        }
    }

    private Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        add(json, CPU, cpuSeconds);
        add(json, GC, gcSeconds);
        add(json, MEMORY, maxMemoryBytes);
        add(json, CHILD_MEMORY, childMemoryBytes);
        add(json, CGROUP_MEMORY, cgroupMemoryBytes);
        json.put(WALL, wallSeconds);
        EnergyUse.addTo(json, energy);
        return json;
    }

    private static void add(Map<String, Object> json, String key, OptionalDouble value) {
        if (value.isPresent()) {
            json.put(key, value.getAsDouble());
        }
    }

    private static void add(Map<String, Object> json, String key, OptionalLong value) {
        if (value.isPresent()) {
            json.put(key, value.getAsLong());
        }
    }

    /** Returns the resources in a file; {@code null} if it has none. */
    static @Nullable ResourceUse find(JsonObject file) {
        if (!file.has(USAGE)) {
            return null;
        }
        JsonObject json = file.object(USAGE);
        return new ResourceUse(
                number(json, CPU),
                number(json, GC),
                integer(json, MEMORY),
                integer(json, CHILD_MEMORY),
                integer(json, CGROUP_MEMORY),
                json.number(WALL),
                EnergyUse.find(json));
    }

    private static OptionalDouble number(JsonObject json, String key) {
        return json.has(key) ? OptionalDouble.of(json.number(key)) : OptionalDouble.empty();
    }

    private static OptionalLong integer(JsonObject json, String key) {
        return json.has(key) ? OptionalLong.of(json.integer(key)) : OptionalLong.empty();
    }
}
