package org.experimaestro.monitor.index;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.experimaestro.core.file.FileStamp;
import org.experimaestro.core.json.Json;
import org.experimaestro.monitor.view.RunSubmission;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.ResourceUse;
import org.jspecify.annotations.Nullable;

/**
 * A writer of an index's copy. Numbers are written in big-endian order. Each text and each map of tags is written once,
 * and afterwards by its number. Each object writes one copy.
 */
final class SnapshotWriter {
    /** The number of a text that is null. */
    static final int NONE = -1;

    static final byte LATIN = 0;
    static final byte UTF_16 = 1;

    static final byte NEW = 'n';
    static final byte DONE = 'd';
    static final byte FAILED = 'f';

    static final byte TEXT = 't';
    static final byte WHOLE = 'w';
    static final byte DECIMAL = 'd';
    static final byte TRUE = '1';
    static final byte FALSE = '0';
    /** The mark of a rare kind of tag value, such as a list, which is written as JSON. */
    static final byte JSON = 'j';

    private static final class Bytes extends ByteArrayOutputStream {
        byte[] buffer() {
            return buf;
        }
    }

    private final Bytes out = new Bytes();
    private final Map<String, Integer> texts = new HashMap<>();
    private final Map<Map<String, Object>, Integer> tags = new HashMap<>();

    byte[] bytes() {
        return out.buffer();
    }

    int size() {
        return out.size();
    }

    byte[] toByteArray() {
        return out.toByteArray();
    }

    void integer(int value) {
        out.write(value >>> 24);
        out.write(value >>> 16);
        out.write(value >>> 8);
        out.write(value);
    }

    void number(long value) {
        integer((int) (value >>> 32));
        integer((int) value);
    }

    /** Writes a text of any characters, also of unpaired surrogates, which UTF-8 cannot represent. */
    void text(String text) {
        boolean isLatin = text.chars().allMatch(character -> character < 256);
        byte[] bytes = isLatin ? text.getBytes(StandardCharsets.ISO_8859_1) : characters(text);
        integer(bytes.length);
        out.write(isLatin ? LATIN : UTF_16);
        out.writeBytes(bytes);
    }

    /** Returns the characters as UTF-16 bytes. An encoder would replace unpaired surrogates. */
    private static byte[] characters(String text) {
        byte[] bytes = new byte[2 * text.length()];
        for (int i = 0; i < text.length(); i++) {
            bytes[2 * i] = (byte) (text.charAt(i) >>> 8);
            bytes[2 * i + 1] = (byte) text.charAt(i);
        }
        return bytes;
    }

    private void shared(@Nullable String text) {
        if (text == null) {
            integer(NONE);
            return;
        }
        Integer known = texts.putIfAbsent(text, texts.size());
        integer(known == null ? texts.size() - 1 : known);
        if (known == null) {
            text(text);
        }
    }

    void content(IndexSnapshot.Content content) {
        integer(content.jobs().size());
        content.jobs().values().forEach(this::job);
        integer(content.runs().size());
        content.runs().values().forEach(this::run);
    }

    private void job(IndexedJob job) {
        shared(job.name());
        stamp(job.stamp());
        status(job.status());
        FileStamp parameters = job.parametersStamp();
        out.write(parameters == null ? 0 : 1);
        if (parameters != null) {
            stamp(parameters);
            tags(job.tags());
        }
    }

    private void stamp(FileStamp stamp) {
        number(stamp.size());
        number(stamp.modified());
        number(stamp.changed());
        text(stamp.key());
    }

    private void status(JobStatus status) {
        switch (status) {
            case JobStatus.New _ -> out.write(NEW);
            case JobStatus.Done done -> {
                out.write(DONE);
                integer(done.attempt());
                number(done.started().toEpochMilli());
                number(done.ended().toEpochMilli());
                shared(done.defaults());
                integer(done.metrics().size());
                done.metrics().forEach((name, value) -> {
                    shared(name);
                    number(Double.doubleToRawLongBits(value));
                });
                use(done.use());
            }
            case JobStatus.Failed failed -> {
                out.write(FAILED);
                integer(failed.lastAttempt().orElse(0));
                time(failed.started());
                time(failed.ended());
                shared(failed.cause().name());
                text(failed.message());
                use(failed.use());
            }
            case JobStatus.Active _, JobStatus.Corrupt _ ->
                throw new IllegalArgumentException("The state of a job that is not final is not stored: " + status);
        }
    }

    private void use(@Nullable ResourceUse use) {
        out.write(use == null ? 0 : 1);
        if (use != null) {
            number(Double.doubleToRawLongBits(use.cpuSeconds().orElse(-1)));
            number(use.maxMemoryBytes().orElse(-1));
            number(Double.doubleToRawLongBits(use.wallSeconds()));
        }
    }

    private void time(@Nullable Instant time) {
        out.write(time == null ? 0 : 1);
        if (time != null) {
            number(time.toEpochMilli());
        }
    }

    private void tags(Map<String, Object> values) {
        Integer known = tags.putIfAbsent(values, tags.size());
        integer(known == null ? tags.size() - 1 : known);
        if (known == null) {
            integer(values.size());
            values.forEach((name, value) -> {
                shared(name);
                value(value);
            });
        }
    }

    private void value(Object value) {
        switch (value) {
            case String text -> {
                out.write(TEXT);
                shared(text);
            }
            case Long whole -> {
                out.write(WHOLE);
                number(whole);
            }
            case Double decimal -> {
                out.write(DECIMAL);
                number(Double.doubleToRawLongBits(decimal));
            }
            case Boolean truth -> out.write(truth ? TRUE : FALSE);
            default -> {
                out.write(JSON);
                shared(Json.writeLine(value));
            }
        }
    }

    private void run(IndexedRun run) {
        shared(run.experiment());
        shared(run.run());
        stamp(run.descriptionStamp());
        stamp(run.jobsStamp());
        text(Json.writeLine(run.description()));
        integer(run.submissions().size());
        for (RunSubmission submission : run.submissions()) {
            shared(submission.job());
            tags(submission.tags());
            names(submission.dependencies());
        }
    }

    private void names(Collection<String> names) {
        integer(names.size());
        names.forEach(this::shared);
    }
}
