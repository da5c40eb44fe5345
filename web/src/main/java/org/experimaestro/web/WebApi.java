package org.experimaestro.web;

import java.io.IOException;
import java.time.Clock;
import java.time.InstantSource;
import org.experimaestro.monitor.index.WorkspaceIndex;
import org.experimaestro.web.action.NotedActions;
import org.experimaestro.web.api.Monitored;
import org.experimaestro.web.http.HttpProblem;
import org.experimaestro.web.http.Request;
import org.experimaestro.web.http.Response;
import org.experimaestro.web.http.Router;
import org.experimaestro.web.stream.LiveWorkspace;

/**
 * The API of a workspace of this machine, answered in this process: the same paths as those of a {@link WebServer},
 * without a network, and so without a guard. Its streams end when it is closed. Thread-safe.
 */
public final class WebApi implements WorkspaceApi {
    private final ApiOptions options;
    private final LiveWorkspace live;
    private final NotedActions noted;
    private final Router router;

    private WebApi(ApiOptions options, LiveWorkspace live, NotedActions noted, Router router) {
        this.options = options;
        this.live = live;
        this.noted = noted;
        this.router = router;
    }

    /**
     * Begins to read a workspace.
     *
     * @param options the workspace
     * @return the API, whose first answer waits until the workspace is read; to be closed
     */
    public static WebApi open(ApiOptions options) {
        return open(options, Clock.systemUTC());
    }

    /** Begins to read a workspace with another clock. */
    static WebApi open(ApiOptions options, InstantSource clock) {
        LiveWorkspace live = LiveWorkspace.open(() -> monitored(options, clock), clock);
        NotedActions noted = new NotedActions(clock);
        noted.start();
        return new WebApi(options, live, noted, ApiRoutes.router(options, live, noted));
    }

    private static Monitored monitored(ApiOptions options, InstantSource clock) {
        return new Monitored(
                options.workspace(),
                WorkspaceIndex.open(options.workspace()),
                clock,
                options.presets(),
                options.readOnly(),
                options.program(),
                options.sshHost());
    }

    @Override
    public Response handle(Request request) throws IOException {
        if (options.readOnly() && !request.isSafe()) {
            throw new HttpProblem(
                    403,
                    "Cannot act on jobs: this view was opened with --read-only, or may not write in the workspace");
        }
        return router.handle(request);
    }

    @Override
    public String place() throws IOException {
        return options.workspace().root().toRealPath().toString();
    }

    @Override
    public DroppedActions dropNoted() {
        return new DroppedActions(noted.end(), "");
    }

    @Override
    public void close() {
        dropNoted();
        live.close();
    }
}
