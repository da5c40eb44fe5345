package org.experimaestro.web;

import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.experimaestro.monitor.action.BatchTermination;
import org.experimaestro.workspace.Workspace;

/**
 * The choices of an API. Immutable.
 *
 * @param workspace the workspace that is shown
 * @param readOnly whether all actions are refused
 * @param program the version of Experimaestro
 * @param presets the filters that the user has named, by their names
 * @param batch ends the jobs of batch systems; called by several threads at once
 * @param sshHost the name by which the person who asks reaches this machine with ssh; empty on the same machine
 * @param sideVariables returns the variables for the processes of actions and services; called when one is started
 */
public record ApiOptions(
        Workspace workspace,
        boolean readOnly,
        String program,
        Map<String, String> presets,
        BatchTermination batch,
        Optional<String> sshHost,
        Supplier<Map<String, String>> sideVariables) {

    /** Copies the filters. */
    public ApiOptions {
        presets = Map.copyOf(presets);
    }

    /**
     * Creates the choices of an API that starts actions and services without further variables.
     *
     * @param workspace the workspace that is shown
     * @param readOnly whether all actions are refused
     * @param program the version of Experimaestro
     * @param presets the filters that the user has named, by their names
     * @param batch ends the jobs of batch systems; called by several threads at once
     * @param sshHost the name by which the person who asks reaches this machine with ssh; empty on the same machine
     */
    public ApiOptions(
            Workspace workspace,
            boolean readOnly,
            String program,
            Map<String, String> presets,
            BatchTermination batch,
            Optional<String> sshHost) {
        this(workspace, readOnly, program, presets, batch, sshHost, Map::of);
    }
}
