package org.experimaestro.web.api;

import java.util.List;
import org.experimaestro.WorkspaceException;
import org.experimaestro.monitor.view.JobSearch;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.web.http.HttpProblem;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.Trash;
import org.experimaestro.workspace.TrashEntry;
import org.experimaestro.workspace.Workspace;

/** A finder of what questions are about, by the names that they give. */
public final class Subjects {
    private Subjects() {}

    /**
     * Finds jobs.
     *
     * @param workspace the workspace
     * @param view its jobs
     * @param names the first digits of their identifiers, or {@code type/digits}
     * @return the jobs in the order of the names, each once
     * @throws HttpProblem of status 404 if names are those of no job, or of several; it has all of them
     */
    public static List<JobFolder> jobs(Workspace workspace, JobsView view, List<String> names) {
        try {
            return JobSearch.find(workspace, view, names);
        } catch (WorkspaceException unknown) {
            throw HttpProblem.notFound(String.valueOf(unknown.getMessage()));
        }
    }

    /**
     * Finds an entry of the trash.
     *
     * @param trash the trash
     * @param name its name, or the beginning of the names of one entry
     * @return the entry
     * @throws HttpProblem of status 404 if there is none, or there are several; of status 500 if the trash cannot be read
     */
    public static TrashEntry entry(Trash trash, String name) {
        try {
            return trash.entry(name);
        } catch (WorkspaceException refused) {
            throw WorkspaceProblem.isUnreadable(refused)
                    ? HttpProblem.ofFault(refused)
                    : HttpProblem.notFound(String.valueOf(refused.getMessage()));
        }
    }
}
