package org.experimaestro.workspace.shared;

import java.io.IOException;
import java.util.function.Consumer;
import org.experimaestro.ConfigId;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.Workspace;
import org.experimaestro.workspace.WorkspaceLayout;
import org.experimaestro.workspace.token.TokenShare;

/**
 * The only right to prepare a configuration, which one process of all runs and hosts has at a time. It is the token of the
 * folder that has what is computed for the configuration, so it ends with its process.
 */
public final class PrepareLock implements AutoCloseable {
    private final ShownDesk desk;
    private final TokenShare share;

    private PrepareLock(ShownDesk desk, TokenShare share) {
        this.desk = desk;
        this.share = share;
    }

    /**
     * Waits until no other process prepares a configuration, and takes the right to.
     *
     * @param workspace the workspace
     * @param typeId the type of the configuration
     * @param id its identifier
     * @param told receives a sentence if there is something to wait for, and each time that the sign of life cannot be
     *     written; other threads call it
     * @return the lock
     * @throws IOException if the files of the tokens cannot be read or written
     * @throws org.experimaestro.WorkspaceException if they are damaged
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    public static PrepareLock await(Workspace workspace, String typeId, ConfigId id, Consumer<String> told)
            throws IOException, InterruptedException {
        JobFolder user = workspace.job(typeId, id); // its name is that of the configuration; it need not exist
        ShownDesk desk = new ShownDesk(
                workspace,
                missed ->
                        told.accept("Cannot show that " + user.name() + " is prepared: " + missed + "; trying again"));
        boolean isHeld = false;
        try {
            TokenShare asked = desk.ask(user.name(), WorkspaceLayout.computedPath(typeId, id));
            PrepareLock lock = new PrepareLock(desk, desk.await(asked, () -> false, told));
            isHeld = true;
            return lock;
        } finally {
            if (!isHeld) {
                desk.close();
            }
        }
    }

    /**
     * Gives the right back.
     *
     * @throws IOException if that cannot be stored; it ends with this process then
     */
    @Override
    public void close() throws IOException {
        try (desk) {
            desk.giveBack(share);
        }
    }
}
