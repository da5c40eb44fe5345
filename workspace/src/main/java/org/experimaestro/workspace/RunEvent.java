package org.experimaestro.workspace;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.experimaestro.core.json.JsonObject;
import org.experimaestro.core.json.TimeText;

/**
 * A change of a job in a run: a line of the run's journal. Immutable.
 *
 * @param time the time at which the run found the change, with a precision of a millisecond
 * @param job the job's {@link JobFolder#name}
 * @param phase the job's new phase: WAITING, READY, RUNNING, DONE, FAILED, SKIPPED, {@link
 *     #NOT_STARTED}, {@link #LEFT_OUT} or {@link #NOT_NEEDED}; a later version may have others
 * @param attempt the number of the attempt; empty if there is none, or the run does not know it yet
 * @param message a message for people, such as the reason of a failure; may be empty
 * @param limits the limits of the run that the job needs, in a line about the begin of its turn; they hold until its end
 * @param waitsFor the state of the job at its launcher, such as {@code PENDING (Priority)}; empty if the job waits for
 *     nothing there any longer
 * @param expectedStart the time at which the batch system expects to start the job; empty if it is not known
 */
public record RunEvent(
        Instant time,
        String job,
        String phase,
        OptionalInt attempt,
        String message,
        List<RunLimit> limits,
        String waitsFor,
        Optional<Instant> expectedStart) {
    /** The phase of a job that its run does not start, because so many jobs have failed that it starts no more. */
    public static final String NOT_STARTED = "NOT_STARTED";

    /** The phase of a job that its run leaves out, because it was told so. */
    public static final String LEFT_OUT = "LEFT_OUT";

    /** The phase of a job that was submitted on demand, and that no job of its run needed. */
    public static final String NOT_NEEDED = "NOT_NEEDED";

    private static final String ATTEMPT = "attempt";
    private static final String MESSAGE = "message";
    private static final String LIMITS = "limits";
    private static final String WAITS_FOR = "waitsFor";
    private static final String EXPECTED_START = "expectedStart";

    /** Copies the list. */
    public RunEvent {
        limits = List.copyOf(limits);
    }

    /**
     * Creates a change of a job that waits for nothing at its launcher.
     *
     * @param time the time
     * @param job the job's name
     * @param phase the new phase
     * @param attempt the number of the attempt
     * @param message a message, or an empty text
     */
    public RunEvent(Instant time, String job, String phase, OptionalInt attempt, String message) {
        this(time, job, phase, attempt, message, List.of(), "", Optional.empty());
    }

    RunEvent withMessage(String other) {
        return new RunEvent(time, job, phase, attempt, other, limits, waitsFor, expectedStart);
    }

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
        if (!limits.isEmpty()) {
            List<Object> needs = new ArrayList<>(limits.size());
            limits.forEach(limit -> needs.add(limit.toJson()));
            json.put(LIMITS, needs);
        }
        if (!waitsFor.isEmpty()) {
            json.put(WAITS_FOR, waitsFor);
        }
        expectedStart.ifPresent(start -> json.put(EXPECTED_START, TimeText.of(start.toEpochMilli())));
        return json;
    }

    static RunEvent fromJson(JsonObject json) {
        return new RunEvent(
                json.time("time"),
                JobFolder.requireName(json.string("job")),
                json.string("phase"),
                json.has(ATTEMPT)
                        ? OptionalInt.of(json.integer(ATTEMPT, 1, JobLayout.MOST_ATTEMPTS))
                        : OptionalInt.empty(),
                json.optionalString(MESSAGE).orElse(""),
                limits(json),
                json.optionalString(WAITS_FOR).orElse(""),
                json.has(EXPECTED_START) ? Optional.of(json.time(EXPECTED_START)) : Optional.empty());
    }

    private static List<RunLimit> limits(JsonObject json) {
        if (!json.has(LIMITS)) {
            return List.of();
        }
        List<RunLimit> limits = new ArrayList<>();
        json.list(LIMITS).forEach(limit -> limits.add(RunLimit.fromJson(limit)));
        return limits;
    }
}
