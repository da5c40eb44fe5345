package org.experimaestro.workspace.shared;

import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.experimaestro.WorkspaceException;
import org.experimaestro.workspace.Workspace;
import org.experimaestro.workspace.WorkspaceLayout;
import org.experimaestro.workspace.token.TokenDesk;
import org.experimaestro.workspace.token.TokenFolder;
import org.experimaestro.workspace.token.TokenShare;

/**
 * The desk of a process that takes tokens of folders outside of a run. Until it is closed, a thread shows every 30 seconds
 * that the process is alive, for hosts that cannot see it. Thread-safe.
 */
final class ShownDesk implements AutoCloseable {
    private static final long BEAT_MILLIS = 30_000;
    private static final long PAUSE_MILLIS = 500;

    private final TokenDesk desk;
    private final Thread beat;
    private boolean isClosed;

    /**
     * Opens a desk.
     *
     * @param workspace the workspace of the folders
     * @param missed receives the reason, each time that the sign of life cannot be written; another thread calls it
     */
    ShownDesk(Workspace workspace, Consumer<Exception> missed) {
        desk = new TokenDesk(
                new TokenFolder(WorkspaceLayout.tokens(workspace.root()), workspace::makeTokens),
                InstantSource.system());
        beat = new Thread(() -> beat(missed), "experimaestro-folder-tokens");
        beat.setDaemon(true);
        beat.start();
    }

    private void beat(Consumer<Exception> missed) {
        try {
            while (true) {
                Thread.sleep(BEAT_MILLIS);
                try {
                    show();
                } catch (IOException | WorkspaceException failed) {
                    missed.accept(failed);
                }
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    /** Never after the end, because it would write the file anew that says so. */
    private synchronized void show() throws IOException {
        if (!isClosed) {
            desk.show();
        }
    }

    /** Asks for the token of a folder, in the name of a job. */
    TokenShare ask(String job, String path) throws IOException {
        return desk.ask(job, "", new TreeMap<>(Map.of(path, 1L)), 0);
    }

    TokenDesk.Look look(TokenShare share) throws IOException {
        return desk.look(share);
    }

    /**
     * Waits for a token.
     *
     * @param asked what {@link #ask} has returned
     * @param isNeedless whether nothing is to be done with the token any longer
     * @param told receives a sentence if there is something to wait for
     * @return the share; not held only if it is needless
     */
    TokenShare await(TokenShare asked, BooleanSupplier isNeedless, Consumer<String> told)
            throws IOException, InterruptedException {
        boolean isTold = false;
        while (true) {
            TokenDesk.Look look = look(asked);
            if (look.share().isHeld() || isNeedless.getAsBoolean()) {
                return look.share();
            }
            if (!isTold) {
                told.accept("Waits: " + look.obstacle());
                isTold = true;
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    /**
     * Shows that the process is alive, and returns whether it has held a token all the time. It has not if it was stopped for
     * so long that it was taken for dead. Then its share waits again.
     */
    boolean holds(TokenShare share) throws IOException {
        show();
        return share.isHeld() && desk.look(share).share().lease() == share.lease();
    }

    void giveBack(TokenShare share) throws IOException {
        desk.giveBack(share);
    }

    /** Gives all tokens back. */
    @Override
    public void close() throws IOException {
        beat.interrupt();
        synchronized (this) {
            isClosed = true;
        }
        desk.close();
    }
}
