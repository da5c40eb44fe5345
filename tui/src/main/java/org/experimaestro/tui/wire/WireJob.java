package org.experimaestro.tui.wire;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The answer about a job.
 *
 * @param job the job
 * @param folder its folder
 * @param started the time of the start of its last attempt
 * @param ended the time of its end
 * @param seconds the duration of its last attempt
 * @param host its host
 * @param launcher its launcher
 * @param batchJob its name in its batch system
 * @param cause the cause of a failure
 * @param message the message of a failure
 * @param reason why it waits or has failed
 * @param left the time that it still takes
 * @param progress its progress, the outermost level first
 * @param attempts its attempts
 * @param metrics its metrics
 * @param parameters its parameters
 * @param announced what it has announced while it ran
 * @param dependencies the jobs whose results it uses
 * @param dependents the jobs that use its result
 * @param notes remarks on it
 * @param pinned the reason of its pin
 * @param resources the resources that its last attempt asked for, and has used
 * @param commands commands about it
 */
public record WireJob(
        WireLink job,
        String folder,
        Optional<Instant> started,
        Optional<Instant> ended,
        OptionalDouble seconds,
        Optional<String> host,
        Optional<String> launcher,
        Optional<String> batchJob,
        Optional<String> cause,
        Optional<String> message,
        Optional<Why> reason,
        Optional<WireRun.Left> left,
        List<Level> progress,
        List<Attempt> attempts,
        Map<String, Object> metrics,
        List<Parameter> parameters,
        List<Announced> announced,
        List<WireLink> dependencies,
        List<WireLink> dependents,
        List<Note> notes,
        Optional<String> pinned,
        Optional<Use> resources,
        Map<String, String> commands) {
    /**
     * The resources that an attempt asked for, and has used.
     *
     * @param asked the amounts by name, such as {@code cores} and {@code tokens licence}
     * @param cpuSeconds the time of all cores
     * @param maxMemoryBytes the largest memory
     * @param energy the energy, in words
     */
    public record Use(
            Map<String, Object> asked,
            OptionalDouble cpuSeconds,
            OptionalLong maxMemoryBytes,
            Optional<String> energy) {}

    /**
     * An announcement of the job.
     *
     * @param name the name
     * @param output the configuration in one line
     */
    public record Announced(String name, String output) {}

    /**
     * A reason.
     *
     * @param kind its kind
     * @param subject the reason as a sentence
     * @param advice the action that a person can take
     */
    public record Why(String kind, String subject, String advice) {}

    /**
     * A level of progress.
     *
     * @param level its depth
     * @param progress the completed part, from 0 to 1
     * @param description its words
     */
    public record Level(int level, double progress, String description) {}

    /**
     * An attempt.
     *
     * @param number its number
     * @param host its host
     * @param worker the reason why it was to run in a warm worker
     * @param started the time of its start
     * @param ended the time of its end
     * @param cause the cause of its failure
     * @param message the message of its failure
     * @param accounted the resources that its batch system has accounted
     */
    public record Attempt(
            int number,
            Optional<String> host,
            Optional<String> worker,
            Optional<Instant> started,
            Optional<Instant> ended,
            Optional<String> cause,
            Optional<String> message,
            Optional<AccountedUse> accounted) {}

    /**
     * The resources that a batch system has accounted for an attempt.
     *
     * @param by the launcher
     * @param state the state in the batch system's own term
     * @param exitCode the exit code
     * @param seconds the time from the start of the job to its end
     * @param cpuSeconds the time of all cores
     * @param maxMemoryBytes the largest memory
     */
    public record AccountedUse(
            String by,
            Optional<String> state,
            OptionalInt exitCode,
            OptionalDouble seconds,
            OptionalDouble cpuSeconds,
            OptionalLong maxMemoryBytes) {}

    /**
     * A parameter.
     *
     * @param name its name
     * @param value the value of a leaf
     * @param role {@code counts}, {@code default}, {@code meta} or {@code path}
     * @param producer the job that has made it
     * @param children its parts
     */
    public record Parameter(
            String name, Optional<Object> value, String role, Optional<WireLink> producer, List<Parameter> children) {}

    /**
     * A remark.
     *
     * @param text its text
     * @param by its author
     */
    public record Note(String text, String by) {}
}
