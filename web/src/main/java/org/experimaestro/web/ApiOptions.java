package org.experimaestro.web;

import java.util.Map;
import java.util.Optional;
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
 */
public record ApiOptions(
        Workspace workspace,
        boolean readOnly,
        String program,
        Map<String, String> presets,
        BatchTermination batch,
        Optional<String> sshHost) {

    /** Copies the filters. */
    public ApiOptions {
        presets = Map.copyOf(presets);
    }
}
