package org.experimaestro.workspace;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.experimaestro.core.json.Json;
import org.experimaestro.core.json.JsonObject;
import org.experimaestro.core.json.TimeText;
import org.experimaestro.core.serial.Format;
import org.jspecify.annotations.Nullable;

/**
 * A configuration that a task has announced while it ran.
 *
 * @param attempt the number of the attempt that has announced it, from 1
 * @param time the time of the announcement
 * @param name its name, of which the job has one
 * @param output the configuration, as a JSON object in the form of a job's parameters
 */
public record Announcement(int attempt, Instant time, String name, Map<String, Object> output) {
    private static final String TIME = "time";
    private static final String ATTEMPT = "attempt";
    private static final String NAME = "announced";
    private static final String OUTPUT = "output";

    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put(TIME, TimeText.of(time.toEpochMilli()));
        json.put(ATTEMPT, attempt);
        json.put(NAME, name);
        json.put(OUTPUT, output);
        return json;
    }

    static Announcement of(JsonObject json) {
        Map<String, Object> output = new LinkedHashMap<>();
        JsonObject stored = json.object(OUTPUT);
        for (String key : stored.keys()) {
            @Nullable Object value = stored.raw(key);
            if (value != null) {
                output.put(key, value);
            }
        }
        return new Announcement(
                json.integer(ATTEMPT, 1, JobLayout.MOST_ATTEMPTS), json.time(TIME), json.string(NAME), output);
    }

    /**
     * Returns the identifier of the configuration.
     *
     * @return the identifier that the job's process has stored; empty if it has none, because somebody has changed the
     *     file
     */
    public String id() {
        return root().get(Format.ID) instanceof String text ? text : "";
    }

    /**
     * Returns the type id of the configuration.
     *
     * @return the type id that the job's process has stored; empty if it has none
     */
    public String type() {
        return root().get(Format.TYPE) instanceof String text ? text : "";
    }

    /**
     * Returns the configuration in one line, for people.
     *
     * @return the type id and the parameters as JSON, where {@code @} begins the name of another configuration
     */
    public String shown() {
        return type() + " " + Json.writeLine(parameters());
    }

    /**
     * Returns the parameters of the configuration.
     *
     * @return JSON values by name, where {@code @} begins the name of another configuration
     */
    public Map<?, ?> parameters() {
        return root().get(Format.PARAMETERS) instanceof Map<?, ?> parameters ? parameters : Map.of();
    }

    /** Returns the configuration that was announced, which has the others as parts. */
    private Map<?, ?> root() {
        return output.get(Format.VALUE) instanceof String reference
                        && !reference.isEmpty()
                        && output.get(Format.CONFIGURATIONS) instanceof Map<?, ?> all
                        && all.get(reference.substring(1)) instanceof Map<?, ?> configuration
                ? configuration
                : Map.of();
    }
}
