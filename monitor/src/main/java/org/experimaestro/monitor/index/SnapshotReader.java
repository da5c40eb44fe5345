package org.experimaestro.monitor.index;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.experimaestro.core.file.FileStamp;
import org.experimaestro.core.json.Json;
import org.experimaestro.core.json.JsonObject;
import org.experimaestro.monitor.view.RunSubmission;
import org.experimaestro.workspace.EnergyUse;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.ResourceUse;
import org.experimaestro.workspace.RunFolder;
import org.jspecify.annotations.Nullable;

/**
 * A reader of the bytes that {@link SnapshotWriter} writes. For other bytes it throws the exceptions of {@link
 * SnapshotInput}, or a {@code JsonException}. Each object reads one copy.
 */
final class SnapshotReader {
    private final SnapshotInput in;
    private final List<String> texts;
    private final List<List<String>> lists;
    private final List<Object> values;
    private final List<Map<String, Object>> tags;

    /** Creates a reader, and reads the tables. */
    SnapshotReader(SnapshotInput in) {
        this.in = in;
        this.texts = table(in::text);
        this.lists = table(this::list);
        this.values = table(this::value);
        this.tags = table(this::tags);
    }

    private <T> List<T> table(Supplier<T> element) {
        return rows(in, element);
    }

    private static <T> List<T> rows(SnapshotInput in, Supplier<T> row) {
        int count = in.count();
        List<T> rows = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            rows.add(row.get());
        }
        return rows;
    }

    private List<String> list() {
        return List.copyOf(rows(in, () -> in.of(texts)));
    }

    private Object value() {
        return switch (in.next()) {
            case SnapshotTables.TEXT -> in.of(texts);
            case SnapshotTables.WHOLE -> in.number();
            case SnapshotTables.DECIMAL -> in.decimal();
            case SnapshotTables.TRUE -> true;
            case SnapshotTables.FALSE -> false;
            case SnapshotTables.JSON -> json(in.of(texts));
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

    private Map<String, Object> tags() {
        List<String> names = in.of(lists);
        Object[] found = new Object[names.size()];
        for (int i = 0; i < found.length; i++) {
            found[i] = in.of(values);
        }
        return NamedValues.of(names, found);
    }

    /** Reads all entries, the jobs in several threads. */
    IndexSnapshot.Content content() {
        List<SnapshotInput> blocks = table(in::part);
        SnapshotInput rest = in.part();
        List<IndexedJob> jobs = blocks.parallelStream()
                .flatMap(block -> rows(block, () -> job(block)).stream())
                .toList();
        Map<String, IndexedRun> runs = new HashMap<>();
        rows(rest, () -> run(rest)).forEach(run -> runs.put(RunFolder.qualifiedName(run.experiment(), run.run()), run));
        return new IndexSnapshot.Content(jobs, runs);
    }

    private IndexedJob job(SnapshotInput row) {
        String name = row.of(texts);
        FileStamp stamp = stamp(row);
        JobStatus status = status(row);
        boolean mayBeLink = row.next() != 0;
        FileStamp parameters = optional(row);
        return parameters == null
                ? new IndexedJob(name, stamp, status, mayBeLink, null, Map.of(), List.of())
                : new IndexedJob(name, stamp, status, mayBeLink, parameters, row.of(tags), row.of(lists));
    }

    private static @Nullable FileStamp optional(SnapshotInput row) {
        return row.next() == 0 ? null : stamp(row);
    }

    private static FileStamp stamp(SnapshotInput row) {
        return new FileStamp(row.number(), row.number(), row.number(), row.number(), row.number());
    }

    private JobStatus status(SnapshotInput row) {
        return switch (row.next()) {
            case SnapshotWriter.NEW -> new JobStatus.New();
            case SnapshotWriter.DONE -> done(row);
            case SnapshotWriter.REMOVED -> {
                int removal = row.integer();
                Instant time = Instant.ofEpochMilli(row.number());
                if (!(status(row) instanceof JobStatus.Done done)) {
                    throw new IllegalArgumentException("it has removed outputs of a job that is not done");
                }
                yield new JobStatus.Removed(done, removal, time);
            }
            case SnapshotWriter.FAILED -> {
                int attempt = row.integer();
                yield new JobStatus.Failed(
                        attempt == 0 ? OptionalInt.empty() : OptionalInt.of(attempt),
                        time(row),
                        time(row),
                        FailureCause.valueOf(row.of(texts)),
                        row.text(),
                        use(row));
            }
            default -> throw new IllegalArgumentException("it has a state that is none");
        };
    }

    private JobStatus done(SnapshotInput row) {
        int attempt = row.integer();
        Instant started = Instant.ofEpochMilli(row.number());
        Instant ended = Instant.ofEpochMilli(row.number());
        String defaults = row.next() == 0 ? null : row.of(texts);
        List<String> names = row.of(lists);
        double[] metrics = new double[names.size()];
        for (int i = 0; i < metrics.length; i++) {
            metrics[i] = row.decimal();
        }
        return new JobStatus.Done(attempt, started, ended, NamedValues.of(names, metrics), defaults, use(row));
    }

    private static @Nullable ResourceUse use(SnapshotInput row) {
        if (row.next() == 0) {
            return null;
        }
        ResourceUse use =
                new ResourceUse(seconds(row), seconds(row), bytes(row), bytes(row), bytes(row), row.decimal(), null);
        int energy = row.next();
        return energy == 0 ? use : use.with(new EnergyUse(row.decimal(), energy == 2, seconds(row)));
    }

    private static OptionalDouble seconds(SnapshotInput row) {
        double seconds = row.decimal();
        return seconds < 0 ? OptionalDouble.empty() : OptionalDouble.of(seconds);
    }

    private static OptionalLong bytes(SnapshotInput row) {
        long bytes = row.number();
        return bytes < 0 ? OptionalLong.empty() : OptionalLong.of(bytes);
    }

    private static @Nullable Instant time(SnapshotInput row) {
        return row.next() == 0 ? null : Instant.ofEpochMilli(row.number());
    }

    private IndexedRun run(SnapshotInput row) {
        String experiment = row.of(texts);
        String run = row.of(texts);
        FileStamp description = optional(row);
        FileStamp jobs = optional(row);
        KnownPart known = new KnownPart(row.text(), row.number(), row.number());
        Map<String, Object> members = new LinkedHashMap<>();
        JsonObject json = JsonObject.of(Json.parse(row.text()), "the description of a run");
        for (String key : json.keys()) {
            Object value = json.raw(key);
            if (value != null) {
                members.put(key, value);
            }
        }
        List<RunSubmission> submissions =
                rows(row, () -> new RunSubmission(experiment, run, row.of(texts), row.of(tags), row.of(lists)));
        return new IndexedRun(experiment, run, description, jobs, known, members, submissions);
    }
}
