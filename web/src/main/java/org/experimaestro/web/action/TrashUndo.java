package org.experimaestro.web.action;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.experimaestro.WorkspaceException;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.web.api.JobLink;
import org.experimaestro.web.api.Monitored;
import org.experimaestro.web.api.Subjects;
import org.experimaestro.workspace.Trash;
import org.experimaestro.workspace.TrashChange;
import org.experimaestro.workspace.TrashEntry;

/** The undo of a cleaning: what an entry of the trash has is moved back to its place. */
final class TrashUndo {
    private final Monitored monitored;

    TrashUndo(Monitored monitored) {
        this.monitored = monitored;
    }

    /**
     * Plans or performs the undo.
     *
     * @throws WorkspaceException if there is no such entry, or another process changes the trash
     */
    ActionAnswer answer(ActionQuestion question) {
        Trash trash = new Trash(monitored.workspace());
        TrashEntry entry = Subjects.entry(trash, question.requireEntry());
        String digest = ActionAnswer.digest(
                ActionKind.UNDO.word(),
                entry.items().stream().map(TrashEntry.Item::name).toList());
        Effects effects = new Effects();
        if (question.plan()) {
            entry.items().forEach(effects::plan);
            return effects.answer(monitored.view(), digest, false);
        }
        Actions.requirePlanned(question, digest, "the " + entry.items().size() + " of " + entry.name());
        try (TrashChange change = trash.change()) {
            entry.items().forEach(item -> effects.restore(change, item));
        } finally {
            monitored.changed();
        }
        return effects.answer(monitored.view(), digest, true);
    }

    /** The effects on the parts of an entry. */
    private static final class Effects {
        private final List<TrashEntry.Item> back = new ArrayList<>();
        private final List<TrashEntry.Item> left = new ArrayList<>();
        private final List<String> reasons = new ArrayList<>();

        void plan(TrashEntry.Item item) {
            if (Files.exists(item.origin(), LinkOption.NOFOLLOW_LINKS)) {
                leave(item, "it is there again");
            } else {
                back.add(item);
            }
        }

        void restore(TrashChange change, TrashEntry.Item item) {
            try {
                change.restore(item);
                back.add(item);
            } catch (WorkspaceException refused) {
                leave(item, String.valueOf(refused.getMessage()));
            }
        }

        private void leave(TrashEntry.Item item, String reason) {
            left.add(item);
            reasons.add(reason);
        }

        ActionAnswer answer(JobsView view, String digest, boolean isDone) {
            List<ActionAnswer.Possible> possible = new ArrayList<>();
            for (TrashEntry.Item item : back) {
                if (item.kind() == TrashEntry.Kind.JOB) {
                    possible.add(new ActionAnswer.Possible(
                            JobLink.of(view, item.name()), isDone ? "is back" : "is moved back", 0));
                }
            }
            List<ActionAnswer.Impossible> impossible = new ArrayList<>();
            for (int i = 0; i < left.size(); i++) {
                impossible.add(
                        new ActionAnswer.Impossible(JobLink.of(view, left.get(i).name()), reasons.get(i)));
            }
            return new ActionAnswer(
                    possible,
                    impossible,
                    back.size(),
                    left.size(),
                    0,
                    0,
                    isDone,
                    digest,
                    Optional.empty(),
                    Optional.empty());
        }
    }
}
