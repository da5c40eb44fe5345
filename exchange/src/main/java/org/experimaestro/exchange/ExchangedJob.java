package org.experimaestro.exchange;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.experimaestro.ConfigId;
import org.experimaestro.WorkspaceException;
import org.experimaestro.monitor.JobResults;
import org.experimaestro.monitor.log.MetricPoint;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobStatus;
import org.jspecify.annotations.Nullable;

/**
 * A job as other tools know it: a run with flat parameters, tags, and metrics over time. Immutable.
 *
 * @param type the type id of its task
 * @param id the 32 digits of its identifier
 * @param label the values of its tags in one line; empty without tags
 * @param state its state
 * @param started the time of its start; empty if it has none
 * @param ended the time of its end; empty if it has none
 * @param tags the values of its tags, sorted by name
 * @param parameters reads the single values of its parameters by their paths, such as {@code optimizer.lr}
 * @param metrics reads the values of its metrics in the order of time
 */
public record ExchangedJob(
        String type,
        String id,
        String label,
        State state,
        Optional<Instant> started,
        Optional<Instant> ended,
        Map<String, Object> tags,
        Supplier<Map<String, Object>> parameters,
        Supplier<Map<String, List<Point>>> metrics) {

    /** The states of a job. */
    public enum State {
        /** The job is done. */
        DONE,
        /** The job has failed, or cannot be read. */
        FAILED,
        /** The job was cancelled. */
        CANCELLED,
        /** The job runs, or is about to. */
        RUNNING,
        /** The job was not started. */
        WAITING
    }

    /**
     * A value of a metric.
     *
     * @param time the time
     * @param step the step that the task gave, or the number of values of the metric before
     * @param value the value
     */
    public record Point(Instant time, long step, double value) {}

    /**
     * Creates the views of jobs. A job that was submitted several times is one, with the tags of all submissions; the
     * last value of a tag counts.
     *
     * @param jobs the jobs
     * @param problems receives a sentence for each job whose parameters or metrics cannot be read, when it is written;
     *     it is written without them
     * @return the jobs in the order of their first submission
     */
    public static List<ExchangedJob> of(List<JobResults> jobs, Consumer<String> problems) {
        Map<ConfigId, JobResults> last = new LinkedHashMap<>();
        Map<ConfigId, Map<String, Object>> tags = new HashMap<>();
        for (JobResults job : jobs) {
            last.put(job.id(), job);
            tags.computeIfAbsent(job.id(), first -> new TreeMap<>()).putAll(job.tags());
        }
        return last.values().stream()
                .map(job -> of(job, tags.getOrDefault(job.id(), Map.of()), problems))
                .toList();
    }

    private static ExchangedJob of(JobResults job, Map<String, Object> tags, Consumer<String> problems) {
        JobStatus status = JobFolder.at(job.folder()).status();
        List<String> label = new ArrayList<>();
        tags.forEach((name, value) -> label.add(name + "=" + value));
        return new ExchangedJob(
                job.type(),
                job.id().toString(),
                String.join(" ", label),
                state(job),
                started(status),
                ended(status),
                tags,
                () -> readable(() -> leaves(job.parameters()), problems),
                () -> readable(() -> points(job, ended(status)), problems));
    }

    private static <V> Map<String, V> readable(Supplier<Map<String, V>> reader, Consumer<String> problems) {
        try {
            return reader.get();
        } catch (WorkspaceException unreadable) {
            problems.accept(String.valueOf(unreadable.getMessage()));
            return Map.of();
        }
    }

    private static State state(JobResults job) {
        return switch (job.state()) {
            case "done", "done, " + JobStatus.Removed.WORDS -> State.DONE;
            case "cancelled" -> State.CANCELLED;
            case "failed", "unreadable" -> State.FAILED;
            case "starting", "queued", "running" -> State.RUNNING;
            default -> State.WAITING;
        };
    }

    private static Optional<Instant> started(JobStatus status) {
        return switch (status) {
            case JobStatus.Done done -> Optional.of(done.started());
            case JobStatus.Removed removed -> started(removed.done());
            case JobStatus.Failed failed -> Optional.ofNullable(failed.started());
            case JobStatus.Running running -> Optional.of(running.since());
            default -> Optional.empty();
        };
    }

    private static Optional<Instant> ended(JobStatus status) {
        return switch (status) {
            case JobStatus.Done done -> Optional.of(done.ended());
            case JobStatus.Removed removed -> ended(removed.done());
            case JobStatus.Failed failed -> Optional.ofNullable(failed.ended());
            default -> Optional.empty();
        };
    }

    /** Returns the single values among parameters, by their names joined with dots. */
    private static Map<String, Object> leaves(Map<String, @Nullable Object> parameters) {
        Map<String, Object> leaves = new LinkedHashMap<>();
        parameters.forEach((name, value) -> addLeaves(name, value, leaves));
        return leaves;
    }

    private static void addLeaves(String name, @Nullable Object value, Map<String, Object> leaves) {
        switch (value) {
            case null -> leaves.put(free(name, leaves), "null");
            case Map<?, ?> members
            when !members.isEmpty() -> members.forEach((key, member) -> addLeaves(name + "." + key, member, leaves));
            case Collection<?> elements
            when !elements.isEmpty() -> {
                int index = 0;
                for (Object element : elements) {
                    addLeaves(name + "." + index++, element, leaves);
                }
            }
            default -> leaves.put(free(name, leaves), value);
        }
    }

    /** Returns a name that no value has: a key may have a dot, as in {@code {"a.b": 1, "a": {"b": 2}}}. */
    private static String free(String name, Map<String, Object> leaves) {
        String free = name;
        for (int number = 2; leaves.containsKey(free); number++) {
            free = name + "_" + number;
        }
        return free;
    }

    /** Returns the metrics over time; of a metric without times, its last value at the end of the job. */
    private static Map<String, List<Point>> points(JobResults job, Optional<Instant> ended) {
        Map<String, List<Point>> points = new LinkedHashMap<>();
        job.metricHistory().forEach((name, values) -> {
            List<Point> all = new ArrayList<>(values.size());
            for (MetricPoint value : values) {
                OptionalLong step = value.step();
                all.add(new Point(value.time(), step.orElse(all.size()), value.value()));
            }
            points.put(name, all);
        });
        ended.ifPresent(end -> job.metricsSoFar()
                .forEach((name, value) -> points.computeIfAbsent(name, last -> List.of(new Point(end, 0, value)))));
        return points;
    }
}
