package org.experimaestro.monitor.filter;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.experimaestro.WorkspaceException;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.JobState;
import org.experimaestro.workspace.Note;
import org.jspecify.annotations.Nullable;

/** The fields of all jobs that a filter can name. A listing has each of them as a column. */
public enum JobField {
    /** The state, in lower case. Where a filter names a run, {@link #SKIPPED} for the new jobs that it does not start. */
    STATE(Kind.WORD),
    /** The type id of the task. */
    TYPE(Kind.TEXT),
    /** The identifier; compared by its first digits. */
    ID(Kind.IDENTIFIER),
    /** The experiment whose run submitted the job. */
    EXPERIMENT(Kind.TEXT),
    /** The run that submitted the job, as {@code experiment/run}; compared by its name, or by both parts. */
    RUN(Kind.RUN),
    /** The host of the last attempt. */
    HOST(Kind.TEXT),
    /** The launcher whose batch system has or had the last attempt. */
    LAUNCHER(Kind.TEXT),
    /** The number of the last attempt. */
    ATTEMPT(Kind.NUMBER),
    /** The cause of the failure, in lower case. */
    CAUSE(Kind.WORD),
    /** The message of a failure, or the problem of a file that cannot be read. */
    ERROR(Kind.TEXT),
    /** The answer whether the job is pinned: {@code yes} or {@code no}. */
    PINNED(Kind.WORD),
    /** The answer whether the job is done and its outputs were removed: {@code yes} or {@code no}. */
    REMOVED(Kind.WORD),
    /** The notes on the job. */
    NOTE(Kind.TEXTS),
    /** The time since the last attempt ended; while the job is active, the time since it came into its state. */
    AGE(Kind.DURATION),
    /** The duration of the last attempt; while the job is active, the time that it has been in its state. */
    TIME(Kind.DURATION),
    /**
     * The time of all cores that the last attempt took, with that of its children; while it runs, of its last record. Of a
     * job that was killed, it is that of its batch system.
     */
    CPU(Kind.DURATION),
    /** The part of {@link #CPU} that collecting garbage took. */
    GC(Kind.DURATION),
    /**
     * The largest memory of the last attempt, in bytes; while it runs, that of its last record. Of a job that was killed,
     * it is that of its batch system.
     */
    MEMORY(Kind.SIZE);

    /** The state of a new job that its run will not start. No job has it outside of a run. */
    public static final String SKIPPED = "skipped";

    private static final String OTHER_NAME_OF_TIME = "duration";
    private static final String YES = "yes";
    private static final String NO = "no";
    private static final double MILLIS_PER_SECOND = 1000;

    private final Kind kind;

    /** The kinds of values, which are compared differently. */
    enum Kind {
        /** One of a few words, without an order. */
        WORD,
        /** A text, also if it has the form of a number. */
        TEXT,
        /** Several texts, of which one must meet a test. */
        TEXTS,
        /** An identifier, which is compared by its first digits. */
        IDENTIFIER,
        /** A run, which is compared by its name, or by its experiment and its name. */
        RUN,
        /** A number. */
        NUMBER,
        /** A duration. */
        DURATION,
        /** A number of bytes. */
        SIZE,
        /** A value of a tag, metric or parameter, which may be a number or a text. */
        VALUE
    }

    JobField(Kind kind) {
        this.kind = kind;
    }

    /**
     * Returns the name in filters and of the column.
     *
     * @return the name in lower case
     */
    public String text() {
        return word(this);
    }

    Kind kind() {
        return kind;
    }

    /** Returns the possible values; empty if there are more than a few. */
    List<String> words() {
        return switch (this) {
            case STATE ->
                Stream.concat(words(JobState.values()).stream(), Stream.of(SKIPPED))
                        .toList();
            case CAUSE -> words(FailureCause.values());
            case PINNED, REMOVED -> List.of(YES, NO);
            default -> List.of();
        };
    }

    /** Returns the value of a row; {@code null} if the row has none. */
    @Nullable
    Object value(FilteredRow row) {
        String name = row.name();
        return switch (this) {
            case TYPE -> name.isEmpty() ? null : name.substring(0, name.lastIndexOf('/'));
            case ID -> name.isEmpty() ? null : name.substring(name.lastIndexOf('/') + 1);
            case EXPERIMENT -> row.experiments().isEmpty() ? null : String.join(", ", row.experiments());
            case RUN -> row.runs().isEmpty() ? null : String.join(", ", row.runs());
            case STATE, HOST, LAUNCHER, ATTEMPT, CAUSE, ERROR, PINNED, REMOVED, NOTE, AGE, TIME, CPU, GC, MEMORY ->
                row.job() == null ? null : value(row.job(), row.now());
        };
    }

    private @Nullable Object value(JobView job, Instant now) {
        return switch (this) {
            case STATE -> word(job.state());
            case HOST -> readable(job, JobView::host);
            case LAUNCHER -> readable(job, JobView::launcher);
            case ATTEMPT -> {
                OptionalInt attempt = job.status().lastAttempt();
                yield attempt.isPresent() ? attempt.getAsInt() : null;
            }
            case CAUSE -> job.status().findCause().map(JobField::word).orElse(null);
            case ERROR -> error(job);
            case PINNED -> job.pin().isPresent() ? YES : NO;
            case REMOVED -> job.removed().isPresent() ? YES : NO;
            case NOTE -> texts(job.notes());
            case AGE ->
                job.ended()
                        .or(job::started)
                        .map(since -> Duration.between(since, now))
                        .orElse(null);
            case TIME -> job.duration(now).orElse(null);
            case CPU -> duration(job.cpuSeconds());
            case GC -> job.use().map(use -> duration(use.gcSeconds())).orElse(null);
            case MEMORY -> bytes(job.memoryBytes());
            case TYPE, ID, EXPERIMENT, RUN -> throw new IllegalStateException(this + " is no value of a job alone");
        };
    }

    private static @Nullable Duration duration(OptionalDouble seconds) {
        return seconds.isPresent() ? Duration.ofMillis(Math.round(seconds.getAsDouble() * MILLIS_PER_SECOND)) : null;
    }

    private static @Nullable Long bytes(OptionalLong bytes) {
        return bytes.isPresent() ? bytes.getAsLong() : null;
    }

    static Optional<JobField> find(String name) {
        String text = name.equals(OTHER_NAME_OF_TIME) ? TIME.text() : name;
        return Stream.of(values()).filter(field -> field.text().equals(text)).findFirst();
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static List<String> words(Enum<?>[] constants) {
        return Stream.of(constants).map(JobField::word).toList();
    }

    /** Returns a value that is read from a file of the job. A file that cannot be read hides only this value. */
    private static @Nullable Object readable(JobView job, Function<JobView, Optional<String>> value) {
        try {
            return value.apply(job).orElse(null);
        } catch (WorkspaceException unreadable) {
            return null;
        }
    }

    /** Returns the texts of notes without tags; {@code null} if there are none. */
    static @Nullable List<String> texts(List<Note> notes) {
        List<String> texts =
                notes.stream().filter(note -> !note.isTag()).map(Note::text).toList();
        return texts.isEmpty() ? null : texts;
    }

    private static @Nullable Object error(JobView job) {
        String problem = job.problem();
        String error = problem.isEmpty() ? job.status().message() : problem;
        return error.isEmpty() ? null : error;
    }
}
