package org.experimaestro.cli.api;

import java.io.IOException;
import java.util.Optional;
import org.experimaestro.cli.option.LazyTermination;
import org.experimaestro.cli.plan.Version;
import org.experimaestro.settings.NamedFilters;
import org.experimaestro.settings.UserSettings;
import org.experimaestro.settings.WorkspaceSettings;
import org.experimaestro.web.ApiOptions;
import org.experimaestro.web.DroppedActions;
import org.experimaestro.web.WebApi;
import org.experimaestro.web.WorkspaceApi;
import org.experimaestro.web.http.Request;
import org.experimaestro.web.http.Response;
import org.experimaestro.workspace.Workspace;

/** The API of a workspace of this machine, with this user's filters and launchers. Thread-safe. */
public final class LocalApi implements WorkspaceApi {
    private final LazyTermination batch;
    private final WebApi api;

    private LocalApi(LazyTermination batch, WebApi api) {
        this.batch = batch;
        this.api = api;
    }

    /**
     * Begins to read a workspace.
     *
     * @param workspace the workspace
     * @param readOnly whether all actions are refused, as they are for an unpacked bundle, and where this user may only read
     * @return the API, to be closed
     */
    public static LocalApi open(Workspace workspace, boolean readOnly) {
        return open(workspace, readOnly, Optional.empty());
    }

    /**
     * Begins to read a workspace for a person at another machine.
     *
     * @param workspace the workspace
     * @param readOnly whether all actions are refused
     * @param sshHost the name by which the person reaches this machine with ssh; empty on the same machine
     * @return the API, to be closed
     */
    public static LocalApi open(Workspace workspace, boolean readOnly, Optional<String> sshHost) {
        UserSettings user = UserSettings.current();
        NamedFilters filters = WorkspaceSettings.read(workspace.root(), user).filters(user);
        filters.problems()
                .forEach(problem ->
                        System.getLogger(LocalApi.class.getName()).log(System.Logger.Level.WARNING, problem));
        LazyTermination batch = new LazyTermination(workspace);
        boolean isKept = readOnly
                || workspace.findBundle().isPresent()
                || workspace.findObstacle().isPresent();
        return new LocalApi(
                batch,
                WebApi.open(new ApiOptions(
                        workspace,
                        isKept,
                        Version.text(),
                        filters.texts(),
                        batch,
                        sshHost,
                        () -> SideVariables.of(workspace))));
    }

    @Override
    public Response handle(Request request) throws IOException {
        return api.handle(request);
    }

    @Override
    public String place() throws IOException {
        return api.place();
    }

    @Override
    public DroppedActions dropNoted() {
        return api.dropNoted();
    }

    @Override
    public void close() {
        try (batch) {
            api.close();
        }
    }
}
