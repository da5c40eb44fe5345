package org.experimaestro.workspace;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.experimaestro.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * The resources that the process of an attempt has used until its end, as measured by the process itself. Immutable.
 *
 * <p>The code is on the path of a job, so it uses no streams.
 *
 * @param cpuSeconds the time of all cores that the process took, with that of the children for which it has waited, in
 *     seconds; empty if the system does not measure it
 * @param maxMemoryBytes the largest physical memory of the process, with its heap and without its children, in bytes;
 *     empty if the system does not measure it
 * @param wallSeconds the time from the start of the process to its end, in seconds
 */
public record ResourceUse(OptionalDouble cpuSeconds, OptionalLong maxMemoryBytes, double wallSeconds) {
    private static final String USAGE = "usage";
    private static final String CPU = "cpuSeconds";
    private static final String MEMORY = "maxMemoryBytes";
    private static final String WALL = "wallSeconds";

    /** The ticks of proc(5) in a second: USER_HZ of times(2), which does not depend on the kernel's own ticks. */
    private static final double TICKS_PER_SECOND = 100;

    private static final int CPU_FIELDS_FROM = 14;
    private static final int CPU_FIELDS_TO = 17;
    private static final int KIB = 1024;

    /**
     * Measures this process.
     *
     * @param startedMillis the start of the process, in milliseconds since 1970
     * @return the resources used so far
     */
    public static ResourceUse ofThisProcess(long startedMillis) {
        double wall = Math.max(0, System.currentTimeMillis() - startedMillis) / 1000.0;
        return new ResourceUse(cpu(ProcFile.line("self/stat")), memory(ProcFile.text("self/status")), wall);
    }

    /**
     * Returns the time of this process and its children, in user and kernel mode: fields 14 to 17 of proc_pid_stat(5).
     */
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

    /**
     * Returns the bytes in the line {@code VmHWM: 12345 kB} of proc_pid_status(5); empty if there is no such line.
     */
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

    /** Returns the resources in a marker; {@code null} if it has none. */
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
