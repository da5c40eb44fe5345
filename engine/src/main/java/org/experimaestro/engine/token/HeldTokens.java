package org.experimaestro.engine.token;

import org.experimaestro.workspace.token.TokenShare;
import org.jspecify.annotations.Nullable;

/**
 * The tokens that a job was granted. Immutable.
 *
 * @param ofWorkspace its share of the tokens of its workspace; {@code null} if it needs none
 * @param ofMachine its share of the tokens of this machine; {@code null} if it needs none
 */
public record HeldTokens(
        @Nullable TokenShare ofWorkspace, @Nullable TokenShare ofMachine) {

    /**
     * Returns the number of the lease of the tokens of its workspace.
     *
     * @return 0 if it holds none
     */
    public long workspaceLease() {
        return ofWorkspace == null ? 0 : ofWorkspace.lease();
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
