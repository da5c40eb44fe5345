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
 * @param time when the run saw it, in milliseconds
 * @param job the job's {@link JobFolder#name}
 * @param phase where the job is now: WAITING, READY, RUNNING, DONE, FAILED or SKIPPED; a later version may have others
 * @param attempt the number of the attempt that this is about; empty where there is none, or the run does not know it yet
 * @param message what there is to say to people, such as why the job failed; else empty
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

    /** The name of a job, which is that of its folder too. */
    static String requireJob(String name) {
        int slash = name.indexOf('/');
        String typeId = name.substring(0, Math.max(0, slash));
        // A name that leads out of the folder of all jobs is none.
        if (typeId.isEmpty()
                || typeId.equals(".")
                || typeId.equals("..")
                || !ConfigId.isValid(name.substring(slash + 1))) {
            throw new JsonException("\"" + name + "\" is not a type id and an identifier");
        }
        return name;
    }
}
