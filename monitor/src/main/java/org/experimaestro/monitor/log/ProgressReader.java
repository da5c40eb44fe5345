package org.experimaestro.monitor.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.experimaestro.WorkspaceException;
import org.experimaestro.core.json.Json;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.core.json.JsonObject;
import org.experimaestro.workspace.Failures;
import org.experimaestro.workspace.LogFile;

/** A reader of the last progress. It reads only the end of a job's events, so long files cost no more time. */
public final class ProgressReader {
    private static final int SHORT_TAIL = 16 * 1024;
    private static final int LONG_TAIL = 1024 * 1024;

    private ProgressReader() {}

    /**
     * Reads the last progress of each level.
     *
     * @param events a file of JSON lines, which may be missing
     * @return the progress, sorted by level; empty if the task recorded none within the last MiB of its events
     * @throws WorkspaceException if the file cannot be read
     */
    public static List<Progress> read(Path events) {
        try (SeekableByteChannel channel = LogFile.openRegular(events)) {
            List<Progress> progress = last(tail(channel, SHORT_TAIL));
            // The short tail may hold only metrics and events of inner levels; the whole task's progress is before it
            // then.
            boolean knowsTask = !progress.isEmpty() && progress.get(0).level() == 0;
            return knowsTask || channel.size() <= SHORT_TAIL ? progress : last(tail(channel, LONG_TAIL));
        } catch (NoSuchFileException none) {
            return List.of();
        } catch (IOException failed) {
            throw unreadable(events, failed);
        }
    }

    /**
     * Reads the progress of the whole task over time, within the last MiB of its events. Damaged lines are left out.
     *
     * @param events a file of JSON lines, which may be missing
     * @return the points in the order in which the task recorded them
     * @throws WorkspaceException if the file cannot be read
     */
    public static List<ProgressPoint> history(Path events) {
        List<ProgressPoint> points = new ArrayList<>();
        try (SeekableByteChannel channel = LogFile.openRegular(events)) {
            String text = tail(channel, LONG_TAIL);
            for (int start = 0, end = text.indexOf('\n'); end >= 0; start = end + 1, end = text.indexOf('\n', start)) {
                point(text.substring(start, end)).ifPresent(points::add);
            }
        } catch (NoSuchFileException none) {
            return List.of();
        } catch (IOException failed) {
            throw unreadable(events, failed);
        }
        return points;
    }

    private static Optional<ProgressPoint> point(String line) {
        try {
            JsonObject event = JsonObject.of(Json.parse(line), "event");
            return event.has("progress") && event.integer("level") == 0
                    ? Optional.of(new ProgressPoint(event.time("time"), event.number("progress")))
                    : Optional.empty();
        } catch (JsonException cut) {
            return Optional.empty(); // as in parse
        }
    }

    private static WorkspaceException unreadable(Path events, IOException failed) {
        return WorkspaceException.of("Cannot read the progress: " + Failures.reason(failed))
                .at(events.toString())
                .cause(failed)
                .build();
    }

    private static String tail(SeekableByteChannel channel, int length) throws IOException {
        long start = Math.max(0, channel.size() - length);
        channel.position(start);
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(length, channel.size() - start));
        while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
            // until the end
        }
        String text = new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8);
        return start == 0 ? text : text.substring(text.indexOf('\n') + 1);
    }

    private static List<Progress> last(String text) {
        SortedMap<Integer, Progress> levels = new TreeMap<>();
        for (int start = 0, end = text.indexOf('\n'); end >= 0; start = end + 1, end = text.indexOf('\n', start)) {
            parse(text.substring(start, end)).ifPresent(progress -> {
                // A step of an outer level restarts the inner levels.
                levels.tailMap(progress.level()).clear();
                levels.put(progress.level(), progress);
            });
        }
        return new ArrayList<>(levels.values());
    }

    private static Optional<Progress> parse(String line) {
        try {
            JsonObject event = JsonObject.of(Json.parse(line), "event");
            return event.has("progress")
                    ? Optional.of(new Progress(
                            event.integer("level", 0, Integer.MAX_VALUE),
                            event.number("progress"),
                            event.string("description")))
                    : Optional.empty();
        } catch (JsonException cut) {
            // A full disk cuts lines in the middle, but later lines are whole, and record newer progress.
            return Optional.empty();
        }
    }
}
