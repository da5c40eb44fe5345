package org.experimaestro.cli.job;

import org.experimaestro.web.address.PageView;
import org.experimaestro.web.address.Screen;
import org.experimaestro.workspace.JobFolder;

/** The view of one job in the page. */
final class JobPage {
    private JobPage() {}

    static PageView of(JobFolder job) {
        return PageView.of(Screen.JOB, job.typeId(), job.id().toString());
    }
}
