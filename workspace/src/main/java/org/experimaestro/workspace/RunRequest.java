package org.experimaestro.workspace;

import java.util.Map;
import org.experimaestro.core.json.JsonObject;

/** A request to a run while it goes on. Immutable. */
public sealed interface RunRequest {
    /** The key of the kind of request. */
    String KEY = "request";

    /** A request to stop the run, as by Ctrl-C. Its jobs go on. */
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
     * A request to change the number of jobs that the run lets run at once on its machine.
     *
     * @param value the new number, 1 or more
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

    /** A request to start no more jobs until {@link Resume}. Jobs that run go on. */
    record Pause() implements RunRequest {
        @Override
        public Map<String, Object> toJson() {
            return Map.of(KEY, "pause");
        }

        @Override
        public String toString() {
            return "pause";
        }
    }

    /** A request to start jobs again after {@link Pause}. */
    record Resume() implements RunRequest {
        @Override
        public Map<String, Object> toJson() {
            return Map.of(KEY, "resume");
        }

        @Override
        public String toString() {
            return "resume";
        }
    }

    /**
     * A request to try a failed job again.
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
     * A request not to try a failed job again, which waits for its next attempt.
     *
     * @param job its {@link JobFolder#name}
     */
    record GiveUp(String job) implements RunRequest {
        @Override
        public Map<String, Object> toJson() {
            return Map.of(KEY, "giveUp", "job", job);
        }

        @Override
        public String toString() {
            return "give up " + job;
        }
    }

    /**
     * Returns the members of the request's file that describe it.
     *
     * @return the kind of the request, and its parameters
     */
    Map<String, Object> toJson();

    /**
     * Reads a request.
     *
     * @param json an object with the members of {@link #toJson}
     * @return the request
     * @throws IllegalArgumentException if this version does not know the request
     */
    static RunRequest fromJson(JsonObject json) {
        String request = json.string(KEY);
        return switch (request) {
            case "stop" -> new Stop();
            case "jobs" -> new Jobs(json.integer("value", 1, Integer.MAX_VALUE));
            case "pause" -> new Pause();
            case "resume" -> new Resume();
            case "retry" -> new Retry(json.string("job"));
            case "giveUp" -> new GiveUp(json.string("job"));
            default ->
                throw new IllegalArgumentException("unknown request \"" + request
                        + "\"; this version knows stop, pause, resume, jobs, retry and giveUp");
        };
    }
}
