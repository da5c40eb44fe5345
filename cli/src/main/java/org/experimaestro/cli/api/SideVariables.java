package org.experimaestro.cli.api;

import java.util.Map;
import org.experimaestro.engine.job.JobEnvironment;
import org.experimaestro.model.root.RootPlaces;
import org.experimaestro.settings.UserSettings;
import org.experimaestro.settings.WorkspaceSettings;
import org.experimaestro.workspace.Workspace;

/** The variables of the processes of actions and services, which a workspace's and a user's settings give. */
public final class SideVariables {
    private SideVariables() {}

    /**
     * Returns the variables: the places of named roots on this machine. Those of a run in this process count, if it has some.
     *
     * @param workspace the workspace
     * @return values by the names of variables
     */
    public static Map<String, String> of(Workspace workspace) {
        if (RootPlaces.current().isEmpty()) {
            UserSettings user = UserSettings.current();
            RootPlaces.define(WorkspaceSettings.read(workspace.root(), user).roots(user));
        }
        return JobEnvironment.roots(Map.of());
    }
}
