package org.experimaestro.workspace;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.experimaestro.ConfigId;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.core.json.JsonObject;
import org.experimaestro.core.json.TimeText;

/**
 * A change of a job in a run: a line of the run's journal. Immutable.
 *
 * @param time the time at which the run found the change, with a precision of a millisecond
 * @param job the job's {@link JobFolder#name}
 * @param phase the job's new phase: WAITING, READY, RUNNING, DONE, FAILED or SKIPPED; a later version may have others
 * @param attempt the number of the attempt; empty if there is none, or the run does not know it yet
 * @param message a message for people, such as the reason of a failure; may be empty
 */
public record RunEvent(Instant time, String job, String phase, OptionalInt attempt, String message) {
    private static final String ATTEMPT = "attempt";
    private static final String MESSAGE = "message";

    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("time", TimeText.of(time.toEpochMilli()));
        json.put("job", job);
        json.put("phase", phase);
        if (attempt.isPresent()) {
            json.put(ATTEMPT, attempt.getAsInt());
        }
        if (!message.isEmpty()) {
            json.put(MESSAGE, message);
        }
        return json;
    }

    static RunEvent fromJson(JsonObject json) {
        return new RunEvent(
                json.time("time"),
                requireJob(json.string("job")),
                json.string("phase"),
                json.has(ATTEMPT)
                        ? OptionalInt.of(json.integer(ATTEMPT, 1, JobLayout.MOST_ATTEMPTS))
                        : OptionalInt.empty(),
                json.optionalString(MESSAGE).orElse(""));
    }

    /**
     * Requires that a text is the name of a job, {@code type/identifier}.
     *
     * @throws JsonException if it is not
     */
    static String requireJob(String name) {
        int slash = name.indexOf('/');
        String typeId = name.substring(0, Math.max(0, slash));
        // The name is used as a path: it must not lead out of the folder of all jobs.
        if (typeId.isEmpty()
                || typeId.equals(".")
                || typeId.equals("..")
                || !ConfigId.isValid(name.substring(slash + 1))) {
            throw new JsonException("\"" + name + "\" is not a type id and an identifier");
        }
        return name;
    }
}
