package org.experimaestro.web.action;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.experimaestro.base.text.NearName;
import org.experimaestro.monitor.action.KillAction;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.web.http.HttpProblem;
import org.experimaestro.workspace.JobStatus;

/** An action that the API has. */
enum ActionKind {
    /** Ends jobs that run, or that a batch system has. */
    KILL,
    /** Has failed jobs tried again. */
    RETRY,
    /** Moves jobs to the trash. */
    CLEAN,
    /** Pins jobs. */
    PIN,
    /** Removes pins. */
    UNPIN,
    /** Moves an entry of the trash back. */
    UNDO,
    /** Adds a note to jobs, or to a run. */
    NOTE,
    /** Has a run start no more jobs. */
    PAUSE,
    /** Has a paused run start jobs again. */
    RESUME,
    /** Has a run run another number of jobs at once on its machine. */
    SET,
    /** Executes an action that a run has declared, with answers to its questions. */
    EXECUTE,
    /** Starts a service that a run has declared. */
    START,
    /** Stops a service, or the last execution of an action. */
    STOP;

    /**
     * Returns the action of a path.
     *
     * @throws HttpProblem if there is none of this name
     */
    static ActionKind of(String name) {
        List<String> names = Arrays.stream(values()).map(ActionKind::word).toList();
        int place = names.indexOf(name);
        if (place < 0) {
            throw HttpProblem.notFound(
                            "There is no action \"" + name + "\": the actions are " + String.join(", ", names))
                    .with("near", NearName.find(name, names).stream().toList());
        }
        return values()[place];
    }

    /** Returns the name in a path. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns whether the action waits some seconds, in which it can be undone. */
    boolean isHeld() {
        return this == RETRY || this == CLEAN;
    }

    /** Returns whether the action is done to a run that goes on. */
    boolean isOfRun() {
        return this == PAUSE || this == RESUME || this == SET;
    }

    /** Returns whether the action is about what a run has declared beside its jobs. */
    boolean isBeside() {
        return this == EXECUTE || this == START || this == STOP;
    }

    /**
     * Returns which of the jobs that a filter selects are meant. Someone who kills the jobs of a filter means those that
     * run.
     */
    Predicate<JobView> isFor(JobsView view) {
        return switch (this) {
            case KILL -> KillAction.isFor(view);
            case RETRY -> JobView::hasFailed;
            case CLEAN, PIN, UNPIN, NOTE -> job -> !(job.status() instanceof JobStatus.New);
            case UNDO, PAUSE, RESUME, SET, EXECUTE, START, STOP -> job -> false;
        };
    }
}
