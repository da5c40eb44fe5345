package org.experimaestro.web.file;

import java.util.Map;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.web.api.Monitored;
import org.experimaestro.web.http.HttpProblem;

/** The job of a request. Only a job that the index knows has files, so that no type or identifier leads elsewhere. */
final class RequestedJob {
    private RequestedJob() {}

    /**
     * Finds the job that a path names.
     *
     * @param path the segments {@code type} and {@code id}
     * @throws HttpProblem if there is no such job
     */
    static JobView find(Monitored monitored, Map<String, String> path) {
        String name = path.get("type") + "/" + path.get("id");
        return monitored
                .index()
                .job(name)
                .orElseThrow(() -> HttpProblem.notFound("There is no job " + name + " with a folder"));
    }
}
