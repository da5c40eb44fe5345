package org.experimaestro.monitor.index;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.experimaestro.core.file.FileStamp;
import org.experimaestro.core.json.Json;
import org.experimaestro.core.json.JsonObject;
import org.experimaestro.monitor.view.RunSubmission;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.ResourceUse;
import org.jspecify.annotations.Nullable;

/**
 * A reader of the bytes that {@link SnapshotWriter} writes. For other bytes it throws a
 * {@link BufferUnderflowException}, an {@link IllegalArgumentException} or a {@code JsonException}. Each object reads
 * one copy.
 */
final class SnapshotReader {
    private final ByteBuffer in;
    private final List<String> texts = new ArrayList<>();
    private final List<Map<String, Object>> tags = new ArrayList<>();

    SnapshotReader(byte[] bytes, int length) {
        this.in = ByteBuffer.wrap(bytes, 0, length);
    }

    SnapshotReader skipTo(int position) {
        in.position(position);
        return this;
    }

    int integer() {
        return in.getInt();
    }

    long number() {
        return in.getLong();
    }

    /** Reads a number of elements. Each element has at least one byte, which limits the number. */
    private int count() {
        int count = in.getInt();
        if (count < 0 || count > in.remaining()) {
            throw new IllegalArgumentException("there are no " + count + " more");
        }
        return count;
    }

    String text() {
        int length = in.getInt();
        boolean isLatin = in.get() == SnapshotWriter.LATIN;
        if (length < 0 || length > in.remaining()) {
            throw new IllegalArgumentException("no text has " + length + " bytes here");
        }
        int start = in.position();
        in.position(start + length);
        if (isLatin) {
            return new String(in.array(), start, length, StandardCharsets.ISO_8859_1);
        }
        char[] characters = new char[length / 2];
        for (int i = 0; i < characters.length; i++) {
            characters[i] = in.getChar(start + 2 * i);
        }
        return new String(characters);
    }

    private @Nullable String sharedOrNone() {
        int number = in.getInt();
        if (number == SnapshotWriter.NONE) {
            return null;
        }
        if (number == texts.size()) {
            texts.add(text());
        }
        return texts.get(checked(number, texts));
    }

    private static int checked(int number, List<?> list) {
        if (number < 0 || number >= list.size()) {
            throw new IllegalArgumentException("nothing has the number " + number);
        }
        return number;
    }

    private String shared() {
        String text = sharedOrNone();
        if (text == null) {
            throw new IllegalArgumentException("a text is missing");
        }
        return text;
    }

    IndexSnapshot.Content content() {
        int jobCount = count();
        Map<String, IndexedJob> jobs = HashMap.newHashMap(jobCount);
        for (int i = 0; i < jobCount; i++) {
            IndexedJob job = job();
            jobs.put(job.name(), job);
        }
        int runCount = count();
        Map<String, IndexedRun> runs = HashMap.newHashMap(runCount);
        for (int i = 0; i < runCount; i++) {
            IndexedRun run = run();
            runs.put(run.experiment() + "/" + run.run(), run);
        }
        return new IndexSnapshot.Content(jobs, runs);
    }

    private IndexedJob job() {
        String name = shared();
        FileStamp stamp = stamp();
        JobStatus status = status();
        FileStamp parameters = in.get() == 0 ? null : stamp();
        return new IndexedJob(name, stamp, status, parameters, parameters == null ? Map.of() : tags());
    }

    private FileStamp stamp() {
        return new FileStamp(number(), number(), number(), text());
    }

    private JobStatus status() {
        return switch (in.get()) {
            case SnapshotWriter.NEW -> new JobStatus.New();
            case SnapshotWriter.DONE -> {
                int attempt = integer();
                Instant started = Instant.ofEpochMilli(number());
                Instant ended = Instant.ofEpochMilli(number());
                String defaults = sharedOrNone();
                Map<String, Double> metrics = new LinkedHashMap<>();
                for (int left = count(); left > 0; left--) {
                    metrics.put(shared(), Double.longBitsToDouble(number()));
                }
                yield new JobStatus.Done(
                        attempt, started, ended, Collections.unmodifiableMap(metrics), defaults, use());
            }
            case SnapshotWriter.FAILED -> {
                int attempt = integer();
                yield new JobStatus.Failed(
                        attempt == 0 ? OptionalInt.empty() : OptionalInt.of(attempt),
                        time(),
                        time(),
                        FailureCause.valueOf(shared()),
                        text(),
                        use());
            }
            default -> throw new IllegalArgumentException("it has a state that is none");
        };
    }

    private @Nullable ResourceUse use() {
        if (in.get() == 0) {
            return null;
        }
        double cpu = Double.longBitsToDouble(number());
        long memory = number();
        return new ResourceUse(
                cpu < 0 ? OptionalDouble.empty() : OptionalDouble.of(cpu),
                memory < 0 ? OptionalLong.empty() : OptionalLong.of(memory),
                Double.longBitsToDouble(number()));
    }

    private @Nullable Instant time() {
        return in.get() == 0 ? null : Instant.ofEpochMilli(number());
    }

    private Map<String, Object> tags() {
        int number = in.getInt();
        if (number == tags.size()) {
            Map<String, Object> values = new TreeMap<>();
            for (int left = count(); left > 0; left--) {
                values.put(shared(), value());
            }
            tags.add(Collections.unmodifiableMap(values));
        }
        return tags.get(checked(number, tags));
    }

    private Object value() {
        return switch (in.get()) {
            case SnapshotWriter.TEXT -> shared();
            case SnapshotWriter.WHOLE -> number();
            case SnapshotWriter.DECIMAL -> Double.longBitsToDouble(number());
            case SnapshotWriter.TRUE -> true;
            case SnapshotWriter.FALSE -> false;
            case SnapshotWriter.JSON -> json(shared());
            default -> throw new IllegalArgumentException("it has a value that is none");
        };
    }

    private static Object json(String text) {
        Object value = Json.parse(text);
        if (value == null) {
            throw new IllegalArgumentException("a value is missing");
        }
        return value;
    }

    private IndexedRun run() {
        String experiment = shared();
        String run = shared();
        FileStamp description = stamp();
        FileStamp jobs = stamp();
        Map<String, Object> members = new LinkedHashMap<>();
        JsonObject json = JsonObject.of(Json.parse(text()), "the description of a run");
        for (String key : json.keys()) {
            Object value = json.raw(key);
            if (value != null) {
                members.put(key, value);
            }
        }
        List<RunSubmission> submissions = new ArrayList<>();
        for (int left = count(); left > 0; left--) {
            submissions.add(new RunSubmission(experiment, run, shared(), tags(), names()));
        }
        return new IndexedRun(experiment, run, description, jobs, members, submissions);
    }

    private List<String> names() {
        List<String> names = new ArrayList<>();
        for (int left = count(); left > 0; left--) {
            names.add(shared());
        }
        return names;
    }
}
