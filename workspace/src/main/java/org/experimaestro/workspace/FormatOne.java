package org.experimaestro.workspace;

import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.experimaestro.core.json.FileFormat;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.core.json.JsonFile;
import org.experimaestro.core.json.JsonObject;
import org.experimaestro.core.json.TimeText;
import org.jspecify.annotations.Nullable;

/**
 * A reader of files of format 1, which converts them to the present format. In format 1, times were milliseconds since
 * 1970, except in {@code run.json}. The process of an attempt was not an object of its own, and a run had only the host
 * and the number of its process. Files of the present format stay as they are, so that a conversion can be repeated.
 * Thread-safe.
 */
final class FormatOne extends StoredFiles {
    private static final int OLD = 1;

    /** The keys with a time, of all kinds of files of a job. */
    private static final String[] TIMES = {"claimed", "started", "ended", "since", RunFolder.TIME};

    private static final String[] OF_A_PROCESS = {"host", "boot", "pid", "start", "machine", "processes"};
    private static final String OLD_CLAIMANT = "by";

    @Override
    JsonObject read(Path file, int mostBytes) throws IOException {
        JsonObject json = JsonFile.read(file, mostBytes);
        return isOld(json) ? JsonObject.of(ofJob(json, Map.of()), file.toString()) : json;
    }

    @Override
    JsonObject readAttempt(Path file) throws IOException {
        JsonObject json = JsonFile.read(file, JsonFile.SMALL_BYTES);
        return json.has(JobLayout.REMOVES_KEY) ? CURRENT.readAttempt(file) : read(file, JsonFile.SMALL_BYTES);
    }

    /**
     * Returns whether a file has the old format, and must be converted.
     *
     * @throws JsonException if its format is not known
     */
    static boolean isOld(JsonObject json) {
        FileFormat.require(json, OLD, Workspace.FORMAT, "");
        return json.integer(FileFormat.KEY) == OLD;
    }

    /**
     * Converts one of the small files of a job.
     *
     * @param old the file, of format 1
     * @param runs the new names of runs, {@code experiment/run}, by their former ones
     */
    static Map<String, @Nullable Object> ofJob(JsonObject old, Map<String, String> runs) {
        Map<String, @Nullable Object> json = copy(old);
        json.put(FileFormat.KEY, Workspace.FORMAT);
        for (String key : TIMES) {
            if (json.containsKey(key)) {
                json.put(key, TimeText.of(millis(old, key)));
            }
        }
        if (json.containsKey(OLD_CLAIMANT)) {
            json.put(JobLayout.CLAIMANT_KEY, json.remove(OLD_CLAIMANT));
        } else if (json.containsKey("pid")) {
            json.put(JobLayout.PROCESS_KEY, takeProcess(json));
        }
        if (json.get("run") instanceof String run) {
            json.put("run", runs.getOrDefault(run, run));
        }
        return json;
    }

    /**
     * Converts the description of a run.
     *
     * @param old the file, of format 1
     * @param name the new name of the run
     */
    static Map<String, @Nullable Object> ofRun(JsonObject old, String name) {
        Map<String, @Nullable Object> json = copy(old);
        json.put(FileFormat.KEY, Workspace.FORMAT);
        json.put("run", name);
        json.put("started", TimeText.of(startOf(old)));
        Map<String, @Nullable Object> process = takeProcess(json);
        process.putIfAbsent("boot", "");
        process.putIfAbsent("start", 0);
        json.put(JobLayout.PROCESS_KEY, process);
        if (old.has("ended")) {
            json.put("ended", TimeText.of(instant(old, "ended")));
        } else {
            // The run is not alive, because a workspace with anything alive is not converted.
            json.put("outcome", "KILLED");
        }
        return json;
    }

    /**
     * Returns the start of a run in milliseconds since 1970. The file has it in ISO 8601, with up to nine digits of a
     * second.
     */
    static long startOf(JsonObject run) {
        return instant(run, "started");
    }

    /**
     * Converts a line of a job's events, or of a run's submissions.
     *
     * @param time the time of a line that has none, as submissions; {@code null} to convert the line's own time
     */
    static Map<String, @Nullable Object> ofLine(JsonObject old, @Nullable String time) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put(RunFolder.TIME, time == null ? TimeText.of(millis(old, RunFolder.TIME)) : time);
        json.putAll(without(copy(old), RunFolder.TIME));
        return json;
    }

    private static Map<String, @Nullable Object> without(Map<String, @Nullable Object> json, String key) {
        json.remove(key);
        return json;
    }

    private static Map<String, @Nullable Object> takeProcess(Map<String, @Nullable Object> json) {
        Map<String, @Nullable Object> process = new LinkedHashMap<>();
        for (String key : OF_A_PROCESS) {
            if (json.containsKey(key)) {
                process.put(key, json.remove(key));
            }
        }
        return process;
    }

    private static Map<String, @Nullable Object> copy(JsonObject json) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        for (String key : json.keys()) {
            copy.put(key, json.raw(key));
        }
        return copy;
    }

    private static long millis(JsonObject json, String key) {
        long millis = json.integer(key);
        if (millis < 0 || millis > TimeText.LAST_MILLIS) {
            throw new JsonException("\"" + key + "\" is no time from 1970 to 9999: " + millis);
        }
        return millis;
    }

    private static long instant(JsonObject json, String key) {
        String text = json.string(key);
        try {
            long millis = Instant.parse(text).toEpochMilli();
            if (millis >= 0 && millis <= TimeText.LAST_MILLIS) {
                return millis;
            }
        } catch (DateTimeException | ArithmeticException wrong) {
            // as below
        }
        throw new JsonException("\"" + key + "\" is no time from 1970 to 9999: " + text);
    }
}
