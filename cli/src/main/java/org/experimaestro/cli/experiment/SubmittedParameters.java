package org.experimaestro.cli.experiment;

import java.nio.file.Path;
import java.util.Map;
import org.experimaestro.engine.SubmittedTask;
import org.experimaestro.monitor.view.ConfigurationTree;
import org.experimaestro.workspace.Workspace;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of the job that is being submitted. They are parsed once for all selections that name one. Confined to
 * one thread at a time.
 */
final class SubmittedParameters {
    private final Path folder;
    private @Nullable Workspace workspace;
    private @Nullable SubmittedTask last;
    private Map<String, @Nullable Object> values = Map.of();

    /**
     * Creates the parameters of no job.
     *
     * @param folder the workspace's folder, which may be missing until the first job is submitted
     */
    SubmittedParameters(Path folder) {
        this.folder = folder;
    }

    /** Returns the JSON values of a job's parameters by name. */
    Map<String, @Nullable Object> of(SubmittedTask task) {
        if (!task.equals(last)) {
            values = ConfigurationTree.parse(task.parameters(workspace())).values();
            last = task;
        }
        return values;
    }

    private Workspace workspace() {
        Workspace known = workspace;
        if (known == null) {
            known = Workspace.view(folder);
            workspace = known;
        }
        return known;
    }
}
