package org.experimaestro.web.action;

import java.time.Duration;
import org.experimaestro.monitor.action.ActionResult;
import org.experimaestro.workspace.BatchJobReference;
import org.experimaestro.workspace.JobStatus;
import org.jspecify.annotations.Nullable;

/** Words for what an action has done to a job. */
final class ResultTexts {
    private ResultTexts() {}

    /**
     * Returns the effect as a sentence without its subject, the job.
     *
     * @param kind the action
     * @param result its result, which is not a refusal
     * @param limit the time that was waited for an end
     */
    static String of(ActionKind kind, ActionResult result, Duration limit) {
        return switch (kind) {
            case KILL ->
                switch (result) {
                    case ActionResult.Unfinished unfinished -> asked(unfinished.batch(), limit);
                    case ActionResult.Performed(var job, JobStatus.Done done) -> "was done before it could be ended";
                    default -> "has ended";
                };
            case RETRY -> "is tried again";
            case CLEAN -> "is in the trash";
            case PIN -> "is pinned";
            case UNPIN -> "is no longer pinned";
            case NOTE -> "has the note";
            case UNDO -> "is back";
            case PAUSE, RESUME, SET, EXECUTE, START, STOP ->
                throw new IllegalArgumentException(kind + " is no action on jobs");
        };
    }

    private static String asked(@Nullable BatchJobReference batch, Duration limit) {
        String asked = batch == null ? "was asked to end" : batch.launcher() + " was asked to end it";
        return asked + ", and had not ended after " + limit.toSeconds() + " s";
    }
}
