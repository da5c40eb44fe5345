package org.experimaestro.workspace;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.experimaestro.core.json.JsonObject;

/**
 * The resources that a batch system has accounted for an attempt after its end. Of a job that was killed from outside, it
 * is often the only measurement. Immutable.
 *
 * @param launcher the launcher's name in the launcher file
 * @param jobId the batch system's name of the job
 * @param state the state in the system's own term, such as {@code OUT_OF_MEMORY}; may be empty
 * @param exitCode the exit code, 128 + n for signal n; empty if it is not known
 * @param wallSeconds the time from the start of the job to its end, in seconds; empty if it is not known
 * @param cpuSeconds the time of all cores that the job's processes took, in seconds; empty if it was not measured
 * @param maxMemoryBytes the largest physical memory of the job, in bytes; empty if it was not measured
 */
public record AccountedUse(
        String launcher,
        String jobId,
        String state,
        OptionalInt exitCode,
        OptionalDouble wallSeconds,
        OptionalDouble cpuSeconds,
        OptionalLong maxMemoryBytes) {
    private static final String LAUNCHER = "launcher";
    private static final String JOB_ID = "handle";
    private static final String STATE = "state";
    private static final String EXIT_CODE = "exitCode";
    private static final String WALL = "wallSeconds";
    private static final String CPU = "cpuSeconds";
    private static final String MEMORY = "maxMemoryBytes";

    void addTo(Map<String, Object> json) {
        json.put(LAUNCHER, launcher);
        json.put(JOB_ID, jobId);
        json.put(STATE, state);
        exitCode.ifPresent(code -> json.put(EXIT_CODE, code));
        wallSeconds.ifPresent(seconds -> json.put(WALL, seconds));
        cpuSeconds.ifPresent(seconds -> json.put(CPU, seconds));
        maxMemoryBytes.ifPresent(bytes -> json.put(MEMORY, bytes));
    }

    static AccountedUse of(JsonObject json) {
        return new AccountedUse(
                json.string(LAUNCHER),
                json.string(JOB_ID),
                json.string(STATE),
                json.has(EXIT_CODE)
                        ? OptionalInt.of(json.integer(EXIT_CODE, Integer.MIN_VALUE, Integer.MAX_VALUE))
                        : OptionalInt.empty(),
                seconds(json, WALL),
                seconds(json, CPU),
                json.has(MEMORY) ? OptionalLong.of(json.integer(MEMORY)) : OptionalLong.empty());
    }

    private static OptionalDouble seconds(JsonObject json, String key) {
        return json.has(key) ? OptionalDouble.of(json.number(key)) : OptionalDouble.empty();
    }
}
