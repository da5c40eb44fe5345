package org.experimaestro.engine.token;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.experimaestro.base.process.JobVariables;
import org.experimaestro.workspace.token.TokenShare;
import org.jspecify.annotations.Nullable;

/**
 * The tokens that a job was granted. Immutable.
 *
 * @param ofWorkspace its share of the tokens of its workspace; {@code null} if it needs none
 * @param ofMachine its share of the tokens of this machine; {@code null} if it needs none
 * @param machine the folder of the tokens of this machine
 */
public record HeldTokens(
        @Nullable TokenShare ofWorkspace, @Nullable TokenShare ofMachine, Path machine) {

    /**
     * Returns the number of the lease of the tokens of its workspace.
     *
     * @return 0 if it holds none
     */
    public long workspaceLease() {
        return ofWorkspace == null ? 0 : ofWorkspace.lease();
    }

    /**
     * Returns the variables by which the job's process learns what it holds.
     *
     * @return the values by the names of {@link JobVariables}
     */
    public Map<String, String> environment() {
        Map<String, String> variables = new HashMap<>();
        if (ofWorkspace != null) {
            variables.put(JobVariables.TOKENS, "workspace");
        }
        if (ofMachine != null) {
            variables.put(JobVariables.MACHINE_TOKENS, machine.toString());
        }
        return variables;
    }

    /**
     * Returns the number of the lease of the tokens of this machine.
     *
     * @return 0 if it holds none
     */
    public long machineLease() {
        return ofMachine == null ? 0 : ofMachine.lease();
    }
}
