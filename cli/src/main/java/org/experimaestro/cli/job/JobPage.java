package org.experimaestro.cli.job;

import org.experimaestro.web.address.PageScreen;
import org.experimaestro.web.address.PageView;
import org.experimaestro.workspace.JobFolder;

/** The view of one job in the page. */
final class JobPage {
    private JobPage() {}

    static PageView of(JobFolder job) {
        return PageView.of(PageScreen.JOB, job.typeId(), job.id().toString());
    }
}
