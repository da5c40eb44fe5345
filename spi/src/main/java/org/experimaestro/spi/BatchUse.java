package org.experimaestro.spi;

import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The resources that a batch system has counted for a job that has ended. Immutable.
 *
 * @param state the state in the system's own term, such as {@code OUT_OF_MEMORY}; may be empty
 * @param exitCode the exit code, 128 + n for signal n, if it is known
 * @param wallSeconds the time from the start of the job to its end, in seconds, if it is known
 * @param cpuSeconds the time of all cores that the job's processes took, in seconds, if it was measured
 * @param maxMemoryBytes the largest physical memory of the job, in bytes, if it was measured; how it is measured, and how
 *     often, is up to the system
 */
public record BatchUse(
        String state,
        OptionalInt exitCode,
        OptionalDouble wallSeconds,
        OptionalDouble cpuSeconds,
        OptionalLong maxMemoryBytes) {}
