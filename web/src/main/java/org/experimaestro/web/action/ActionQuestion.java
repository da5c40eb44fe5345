package org.experimaestro.web.action;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.experimaestro.core.json.Json;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.core.json.JsonObject;
import org.experimaestro.web.http.HttpProblem;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request for an action. Immutable.
 *
 * @param jobs the names of jobs; empty if a filter, a run or an entry of the trash is named
 * @param run the run of the selected jobs, {@code EXPERIMENT/RUN}; empty for all runs
 * @param q the filter that selects jobs, blank for all; empty if jobs or an entry are named, or a run alone
 * @param plan whether the action is only planned
 * @param planned the digest of the plan that was shown
 * @param reason the reason of a pin, or the text of a note; may be empty
 * @param entry the entry of the trash that is moved back
 * @param noted the noted action that is undone
 * @param hold the time until a retry or a cleaning is performed
 * @param jobsHere the number of jobs that a run has at once, where it is set
 */
record ActionQuestion(
        List<String> jobs,
        Optional<String> run,
        Optional<String> q,
        boolean plan,
        Optional<String> planned,
        String reason,
        Optional<String> entry,
        Optional<String> noted,
        Duration hold,
        OptionalInt jobsHere) {
    /** The largest body: names of more than a thousand jobs. */
    private static final int MOST_BYTES = 64 * 1024;

    private static final String PLAN = "plan";
    private static final String JOBS = "jobs";
    private static final String PLANNED = "planned";
    private static final String REASON = "reason";
    private static final String ENTRY = "entry";
    private static final String NOTED = "noted";
    private static final String HOLD = "hold";
    private static final String JOBS_HERE = "jobsHere";
    private static final List<String> MEMBERS =
            List.of(JOBS, "run", "q", PLAN, PLANNED, REASON, ENTRY, NOTED, HOLD, JOBS_HERE);

    private static final String WRONG = "Cannot read the question: ";

    /**
     * Reads a body.
     *
     * @throws HttpProblem if the body is too long, or is no such object; all unknown members are named at once
     */
    static ActionQuestion parse(String body) {
        if (body.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            throw new HttpProblem(
                    413, WRONG + "it has more than " + MOST_BYTES + " bytes", "select the jobs by run and filter");
        }
        try {
            JsonObject json = JsonObject.of(Json.parse(body), "body");
            BodyMembers.requireKnown(json, MEMBERS, WRONG);
            ActionQuestion question = new ActionQuestion(
                    json.has(JOBS) ? names(json.list(JOBS)) : List.of(),
                    json.optionalString("run"),
                    json.optionalString("q"),
                    json.has(PLAN) && json.bool(PLAN),
                    json.optionalString(PLANNED),
                    json.optionalString(REASON).orElse(""),
                    json.optionalString(ENTRY),
                    json.optionalString(NOTED),
                    json.has(HOLD) ? hold(json.integer(HOLD)) : NotedActions.HOLD,
                    json.has(JOBS_HERE)
                            ? OptionalInt.of(json.integer(JOBS_HERE, 1, Integer.MAX_VALUE))
                            : OptionalInt.empty());
            question.requireOneSubject();
            return question;
        } catch (JsonException wrong) {
            throw HttpProblem.badRequest(WRONG + wrong.getMessage());
        }
    }

    private static Duration hold(long seconds) {
        if (seconds < 0 || seconds > NotedActions.MOST_HOLD.toSeconds()) {
            throw HttpProblem.badRequest(WRONG + "found " + seconds + " as hold, expected 0 to "
                    + NotedActions.MOST_HOLD.toSeconds() + " seconds");
        }
        return Duration.ofSeconds(seconds);
    }

    private static List<String> names(List<@Nullable Object> values) {
        List<String> names = new ArrayList<>();
        for (Object value : values) {
            if (!(value instanceof String name)) {
                throw HttpProblem.badRequest(WRONG + "found " + Json.write(value) + " in jobs, expected a job's name");
            }
            names.add(name);
        }
        return names;
    }

    private void requireOneSubject() {
        int subjects = (jobs.isEmpty() ? 0 : 1)
                + (isSelecting() ? 1 : 0)
                + (entry.isPresent() ? 1 : 0)
                + (noted.isPresent() ? 1 : 0);
        if (subjects != 1) {
            throw HttpProblem.badRequest(
                    WRONG + "expected one of jobs, a selection (run, q or both), entry and noted, found " + subjects
                            + " of them");
        }
    }

    /** Returns whether the jobs are those of a run, or of all runs, that a filter selects. */
    boolean isSelecting() {
        return run.isPresent() || q.isPresent();
    }

    /** Returns whether the question is about a run itself. */
    boolean isOfRun() {
        return run.isPresent() && q.filter(text -> !text.isBlank()).isEmpty();
    }

    /** Returns the same question about what its plan was about. */
    ActionQuestion of(String digest) {
        return new ActionQuestion(
                jobs, run, q, false, Optional.of(digest), reason, entry, noted, Duration.ZERO, jobsHere);
    }

    /** Returns the number of jobs that the run has at once from now on. */
    int requireJobsHere() {
        return jobsHere.orElseThrow(() ->
                HttpProblem.badRequest(WRONG + "jobsHere is missing, which is how many jobs run at once from now on"));
    }

    /** Returns the entry of the trash. */
    String requireEntry() {
        return entry.orElseThrow(() -> HttpProblem.badRequest(WRONG + "entry is missing, which names what is undone"));
    }
}
