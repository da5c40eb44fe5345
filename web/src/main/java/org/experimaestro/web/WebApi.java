package org.experimaestro.web;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import org.experimaestro.web.action.NotedActions;
import org.experimaestro.web.http.Handler;
import org.experimaestro.web.http.HttpProblem;
import org.experimaestro.web.http.Request;
import org.experimaestro.web.http.Response;
import org.experimaestro.web.http.Router;
import org.experimaestro.web.stream.LiveWorkspace;

/**
 * The API of a workspace, answered in this process: the same paths as those of a {@link WebServer}, without a network,
 * and so without a guard. Its streams end when it is closed. Thread-safe.
 */
public final class WebApi implements Handler, AutoCloseable {
    private final LiveWorkspace workspace;
    private final NotedActions noted;
    private final Router router;
    private final boolean readOnly;

    private WebApi(LiveWorkspace workspace, NotedActions noted, Router router, boolean readOnly) {
        this.workspace = workspace;
        this.noted = noted;
        this.router = router;
        this.readOnly = readOnly;
    }

    /**
     * Begins to read a workspace.
     *
     * @param options the workspace; what they say of a server counts for nothing
     * @return the API, whose first answer waits until the workspace is read; to be closed
     */
    public static WebApi open(WebOptions options) {
        Clock clock = Clock.systemUTC();
        LiveWorkspace workspace = LiveWorkspace.open(() -> WebServer.monitored(options, clock), clock);
        NotedActions noted = new NotedActions(clock);
        noted.start();
        return new WebApi(workspace, noted, new WebRoutes(options, workspace, noted).api(), options.readOnly());
    }

    @Override
    public Response handle(Request request) throws IOException {
        if (readOnly && !request.isSafe()) {
            throw new HttpProblem(403, "Cannot act on jobs: this view was opened with --read-only");
        }
        return router.handle(request);
    }

    /**
     * Ends the actions that were confirmed and wait: they are never performed. Called before {@link #close}.
     *
     * @return the dropped actions, such as {@code clean of 3 jobs}
     */
    public List<String> dropNoted() {
        return noted.end();
    }

    @Override
    public void close() {
        dropNoted();
        workspace.close();
    }
}
