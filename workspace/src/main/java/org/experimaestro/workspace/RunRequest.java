package org.experimaestro.workspace;

import java.util.Map;
import org.experimaestro.core.json.JsonObject;

/** What somebody wants of a run that is under way. */
public sealed interface RunRequest {
    /** The key of the kind of request. */
    String KEY = "request";

    /** The run stops, as by Ctrl-C: its jobs go on. */
    record Stop() implements RunRequest {
        @Override
        public Map<String, Object> toJson() {
            return Map.of(KEY, "stop");
        }

        @Override
        public String toString() {
            return "stop";
        }
    }

    /**
     * The run lets so many jobs run at once on its machine, from now on.
     *
     * @param value how many
     */
    record Jobs(int value) implements RunRequest {
        @Override
        public Map<String, Object> toJson() {
            return Map.of(KEY, "jobs", "value", value);
        }

        @Override
        public String toString() {
            return "jobs " + value;
        }
    }

    /**
     * The run tries a job again that has failed.
     *
     * @param job its {@link JobFolder#name}
     */
    record Retry(String job) implements RunRequest {
        @Override
        public Map<String, Object> toJson() {
            return Map.of(KEY, "retry", "job", job);
        }

        @Override
        public String toString() {
            return "retry " + job;
        }
    }

    /**
     * Returns what the file of the request says of it.
     *
     * @return its kind and its parameters
     */
    Map<String, Object> toJson();

    /**
     * Reads a request.
     *
     * @param json what {@link #toJson} made
     * @return the request
     * @throws IllegalArgumentException if it is none that this version knows
     */
    static RunRequest fromJson(JsonObject json) {
        String request = json.string(KEY);
        return switch (request) {
            case "stop" -> new Stop();
            case "jobs" -> new Jobs(json.integer("value", 1, Integer.MAX_VALUE));
            case "retry" -> new Retry(json.string("job"));
            default ->
                throw new IllegalArgumentException(
                        "unknown request \"" + request + "\"; this version knows stop, jobs and retry");
        };
    }
}
