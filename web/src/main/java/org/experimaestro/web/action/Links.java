package org.experimaestro.web.action;

import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.web.api.JobLink;
import org.experimaestro.workspace.JobFolder;

/** References to jobs that an action is about, also to those that the workspace no longer has. */
final class Links {
    private Links() {}

    static JobLink of(JobsView view, JobFolder job) {
        return JobLink.of(view, job.name());
    }

    static ActionAnswer.Impossible impossible(JobsView view, JobFolder job, RuntimeException reason) {
        return new ActionAnswer.Impossible(of(view, job), String.valueOf(reason.getMessage()));
    }
}
