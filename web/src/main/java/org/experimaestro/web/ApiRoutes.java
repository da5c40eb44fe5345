package org.experimaestro.web;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.experimaestro.web.action.Actions;
import org.experimaestro.web.action.NotedActions;
import org.experimaestro.web.export.ExportRoute;
import org.experimaestro.web.file.FileRoute;
import org.experimaestro.web.file.JobLogs;
import org.experimaestro.web.http.Request;
import org.experimaestro.web.http.Response;
import org.experimaestro.web.http.Router;
import org.experimaestro.web.stream.LiveAnswers;
import org.experimaestro.web.stream.LiveStreams;
import org.experimaestro.web.stream.LiveWorkspace;
import org.experimaestro.workspace.SideKind;

/** The routes of the API of a workspace. */
final class ApiRoutes {
    private static final String API = "api/1/";

    private static final String JOB = API + "jobs/{type}/{id}/";

    private final ApiOptions options;
    private final LiveWorkspace workspace;
    private final NotedActions noted;

    private ApiRoutes(ApiOptions options, LiveWorkspace workspace, NotedActions noted) {
        this.options = options;
        this.workspace = workspace;
        this.noted = noted;
    }

    static Router router(ApiOptions options, LiveWorkspace workspace, NotedActions noted) {
        return new ApiRoutes(options, workspace, noted).router();
    }

    private Router router() {
        JobLogs logs = new JobLogs();
        LiveAnswers answers = new LiveAnswers(workspace);
        LiveStreams streams = new LiveStreams(workspace, answers, options.program());
        Router router = new Router()
                .add("GET", API + "live", (request, path) -> streams.open(request))
                .add("POST", API + "actions/{action}", this::act)
                .add("GET", JOB + "log", (request, path) -> logs.answer(workspace.current(), request, path))
                .add("GET", JOB + "log/search", (request, path) -> logs.search(workspace.current(), request, path))
                .add("GET", JOB + "files/{path...}", this::file)
                .add(
                        "GET",
                        API + "runs/{experiment}/{run}/export",
                        (request, path) -> ExportRoute.answer(workspace.current(), request.query(), path))
                .add(
                        "GET",
                        process(SideKind.ACTION) + "files/{path...}",
                        (request, path) -> FileRoute.ofAction(workspace.current(), request, path));
        for (SideKind kind : SideKind.values()) {
            router.add(
                            "GET",
                            process(kind) + "log",
                            (request, path) -> logs.answer(workspace.current(), request, path, kind))
                    .add(
                            "GET",
                            process(kind) + "log/search",
                            (request, path) -> logs.search(workspace.current(), request, path, kind));
        }
        return router.add("GET", API + "{path...}", (request, path) -> answer(answers, request));
    }

    /** Returns the pattern of the paths of a process of an action or a service. */
    private static String process(SideKind kind) {
        return API + "runs/{experiment}/{run}/" + kind.word() + "s/{name}/{number}/";
    }

    private Response act(Request request, Map<String, String> path) {
        return new Actions(workspace.current(), options.batch(), noted, options.sideVariables()).handle(request, path);
    }

    private Response file(Request request, Map<String, String> path) throws IOException {
        return FileRoute.answer(workspace.current(), request, path);
    }

    private static Response answer(LiveAnswers answers, Request request) {
        List<String> path = request.path().subList(2, request.path().size());
        return Response.ofJson(200, answers.answer(path, request.query()));
    }
}
