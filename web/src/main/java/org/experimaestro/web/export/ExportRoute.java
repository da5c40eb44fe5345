package org.experimaestro.web.export;

import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.experimaestro.WorkspaceException;
import org.experimaestro.monitor.filter.Filter;
import org.experimaestro.web.api.Monitored;
import org.experimaestro.web.api.WorkspaceProblem;
import org.experimaestro.web.http.HttpProblem;
import org.experimaestro.web.http.Query;
import org.experimaestro.web.http.Response;

/** The route that answers with a run as a file. */
public final class ExportRoute {
    private ExportRoute() {}

    /**
     * Answers a request.
     *
     * @param monitored the workspace
     * @param query the parameter {@code q}, a filter of the run's jobs
     * @param path the segments {@code experiment} and {@code run}
     * @return a response whose body a browser keeps as a file
     * @throws HttpProblem if there is no such run, or the filter is wrong
     */
    public static Response answer(Monitored monitored, Query query, Map<String, String> path) {
        String text = query.find("q").orElse("");
        RunExport export;
        try {
            export = RunExport.of(
                    monitored,
                    path.getOrDefault("experiment", ""),
                    path.getOrDefault("run", ""),
                    Filter.parse(text, monitored.presets()));
        } catch (WorkspaceException wrong) {
            throw WorkspaceProblem.of(wrong, text);
        }
        String name = URLEncoder.encode(export.fileName(), StandardCharsets.UTF_8);
        return new Response(
                200,
                "text/html; charset=utf-8",
                Map.of("content-disposition", "attachment; filename*=UTF-8''" + name),
                Response.UNKNOWN_LENGTH,
                (OutputStream out) -> export.writeTo(out));
    }
}
