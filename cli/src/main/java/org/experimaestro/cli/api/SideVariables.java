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
     * Returns the variables: the places of named roots on this machine. Those of a run in this process count, if it has some;
     * else those of the settings as they are now, because a page may be older than they are.
     *
     * @param workspace the workspace
     * @return values by the names of variables
     */
    public static Map<String, String> of(Workspace workspace) {
        if (!RootPlaces.current().isEmpty()) {
            return JobEnvironment.roots(Map.of());
        }
        UserSettings user = UserSettings.current();
        return JobEnvironment.roots(
                WorkspaceSettings.read(workspace.root(), user).roots(user), Map.of());
    }
}
