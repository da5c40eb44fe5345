package org.experimaestro.web.action;

import java.util.Map;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.web.api.JobLink;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobState;

/** References to jobs that an action is about, also to those that the workspace no longer has. */
final class Links {
    private static final int DIGITS = 8;

    private Links() {}

    static JobLink of(JobsView view, JobFolder job) {
        return of(view, job.name());
    }

    /** Returns the reference to a job by its name, {@code type/identifier}. */
    static JobLink of(JobsView view, String name) {
        int id = name.indexOf('/') + 1;
        return view.find(name)
                .map(found -> JobLink.of(view, found))
                .orElseGet(() -> new JobLink(
                        name, name.substring(id, Math.min(name.length(), id + DIGITS)), JobState.NEW, Map.of()));
    }

    static ActionAnswer.Impossible impossible(JobsView view, JobFolder job, RuntimeException reason) {
        return new ActionAnswer.Impossible(of(view, job), String.valueOf(reason.getMessage()));
    }
}
