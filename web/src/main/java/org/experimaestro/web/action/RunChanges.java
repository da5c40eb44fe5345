package org.experimaestro.web.action;

import java.util.List;
import java.util.Map;
import org.experimaestro.monitor.action.RunChange;
import org.experimaestro.monitor.view.RunView;
import org.experimaestro.web.api.Monitored;
import org.experimaestro.web.api.Selection;
import org.experimaestro.web.http.HttpProblem;
import org.experimaestro.web.http.Query;

/** The changes of a run that goes on, as opposed to actions on its jobs. */
final class RunChanges {
    private RunChanges() {}

    /**
     * Plans or performs a change.
     *
     * @throws org.experimaestro.WorkspaceException if the run cannot be asked, refuses, or nothing would change
     */
    static ActionAnswer answer(Monitored monitored, ActionKind kind, ActionQuestion question)
            throws InterruptedException {
        if (!question.isOfRun()) {
            throw HttpProblem.badRequest(
                    "Cannot " + kind.word() + " jobs: it is done to a run, which the member run names, without q");
        }
        RunView run = Selection.of(
                        monitored,
                        new Query(Map.of("run", List.of(question.run().orElseThrow()))))
                .run()
                .orElseThrow();
        RunChange change = switch (kind) {
            case PAUSE -> RunChange.pause(run);
            case RESUME -> RunChange.resume(run);
            case SET -> RunChange.jobsHere(run, question.requireJobsHere());
            case KILL, RETRY, CLEAN, PIN, UNPIN, UNDO, NOTE, EXECUTE, START, STOP ->
                throw new IllegalArgumentException(kind + " is no change of a run");
        };
        String effect = change.plan();
        String digest = ActionAnswer.digest(kind.word(), List.of(run.folder().qualifiedName(), effect));
        if (question.plan()) {
            return ActionAnswer.ofEffect(effect, digest, false);
        }
        if (question.planned().filter(planned -> !planned.equals(digest)).isPresent()) {
            throw new HttpProblem(409, "The run has changed since you looked: " + effect, "look again");
        }
        try {
            return ActionAnswer.ofEffect(change.perform(), digest, true);
        } finally {
            monitored.changed();
        }
    }
}
