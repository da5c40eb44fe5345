package org.experimaestro.workspace;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.experimaestro.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * What the process of an attempt has used until its end, as it measured itself. Immutable.
 *
 * <p>On the path of a job: without streams.
 *
 * @param cpuSeconds the time of all cores that the process took, with that of the children that it has waited for, in seconds;
 *     empty where the system does not say
 * @param maxMemoryBytes the most physical memory that the process had at a time, heap and all, without its children; empty where the
 *     system does not say
 * @param wallSeconds how long the process ran, in seconds
 */
public record ResourceUse(OptionalDouble cpuSeconds, OptionalLong maxMemoryBytes, double wallSeconds) {
    private static final String USAGE = "usage";
    private static final String CPU = "cpuSeconds";
    private static final String MEMORY = "maxMemoryBytes";
    private static final String WALL = "wallSeconds";

    /** Linux counts time in ticks of 10 ms for its users, whatever its own are: USER_HZ, times(2). */
    private static final double TICKS_PER_SECOND = 100;

    private static final int CPU_FIELDS_FROM = 14;
    private static final int CPU_FIELDS_TO = 17;
    private static final int KIB = 1024;

    /**
     * Measures this process.
     *
     * @param startedMillis when it began, in milliseconds since 1970
     * @return what it has used so far
     */
    public static ResourceUse ofThisProcess(long startedMillis) {
        double wall = Math.max(0, System.currentTimeMillis() - startedMillis) / 1000.0;
        return new ResourceUse(cpu(ProcFile.line("self/stat")), memory(ProcFile.text("self/status")), wall);
    }

    /** Of this process and its children, in user and in kernel mode: fields 14 to 17, proc_pid_stat(5). */
    private static OptionalDouble cpu(String stat) {
        if (!stat.isEmpty()) {
            long ticks = 0;
            for (int field = CPU_FIELDS_FROM; field <= CPU_FIELDS_TO; field++) {
                ticks += ProcFile.field(stat, field);
            }
            return OptionalDouble.of(ticks / TICKS_PER_SECOND);
        }
        Duration cpu = ProcessHandle.current().info().totalCpuDuration().orElse(null);
        return cpu == null ? OptionalDouble.empty() : OptionalDouble.of(cpu.toMillis() / 1000.0);
    }

    /** The line {@code VmHWM:     12345 kB}, proc_pid_status(5). */
    static OptionalLong memory(String status) {
        String name = "VmHWM:";
        int start = status.indexOf(name);
        int end = status.indexOf(" kB", start);
        if (start < 0 || end < 0) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(KIB
                    * Long.parseLong(
                            status.substring(start + name.length(), end).strip()));
        } catch (NumberFormatException otherSystem) {
            return OptionalLong.empty();
        }
    }

    static void addTo(Map<String, Object> json, @Nullable ResourceUse use) {
        if (use != null) {
            json.put(USAGE, use.toJson());
        }
    }

    private Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        if (cpuSeconds.isPresent()) {
            json.put(CPU, cpuSeconds.getAsDouble());
        }
        if (maxMemoryBytes.isPresent()) {
            json.put(MEMORY, maxMemoryBytes.getAsLong());
        }
        json.put(WALL, wallSeconds);
        return json;
    }

    /** What a marker says was used; {@code null} if it does not. */
    static @Nullable ResourceUse find(JsonObject marker) {
        if (!marker.has(USAGE)) {
            return null;
        }
        JsonObject json = marker.object(USAGE);
        return new ResourceUse(
                json.has(CPU) ? OptionalDouble.of(json.number(CPU)) : OptionalDouble.empty(),
                json.has(MEMORY) ? OptionalLong.of(json.integer(MEMORY)) : OptionalLong.empty(),
                json.number(WALL));
    }
}
