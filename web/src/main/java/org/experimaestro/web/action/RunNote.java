package org.experimaestro.web.action;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.monitor.view.RunView;
import org.experimaestro.web.api.Monitored;
import org.experimaestro.web.api.Selection;
import org.experimaestro.web.http.HttpProblem;
import org.experimaestro.web.http.Query;
import org.experimaestro.workspace.Notes;

/** A note on a run, as opposed to one on its jobs. */
final class RunNote {
    private RunNote() {}

    static ActionAnswer answer(Monitored monitored, ActionQuestion question) {
        String name = question.run().orElseThrow();
        RunView run = Selection.of(monitored, new Query(Map.of("run", List.of(name))))
                .run()
                .orElseThrow();
        if (question.reason().isBlank()) {
            throw HttpProblem.badRequest(
                    "Cannot add a note to the run " + name + ": its text, the member reason, is empty");
        }
        if (!question.plan()) {
            Notes.of(run.folder()).add(question.reason(), monitored.now());
            monitored.changed();
        }
        String digest = ActionAnswer.digest(ActionKind.NOTE.word(), List.of(name));
        return new ActionAnswer(
                List.of(), List.of(), 1, 0, 0, 0, !question.plan(), digest, Optional.empty(), Optional.empty());
    }
}
