package org.experimaestro.web;

import java.io.IOException;
import org.experimaestro.web.http.Handler;

/** The API of a workspace, answered in this process or by one on another host. Thread-safe. */
public interface WorkspaceApi extends Handler, AutoCloseable {
    /**
     * Returns the workspace's place, by which pages of it are found.
     *
     * @return its real path; behind {@code HOST:} if it is on another host
     * @throws IOException if the workspace does not exist
     */
    String place() throws IOException;

    /**
     * Returns whether the workspace is on another host. Then addresses of the host's own mean nothing to a reader.
     *
     * @return false if this process reads its files
     */
    default boolean isFar() {
        return false;
    }

    /**
     * Ends the actions that were confirmed and wait: they are never performed. Called before {@link #close}.
     *
     * @return the dropped actions, and those of which nobody knows
     */
    DroppedActions dropNoted();

    /** Ends the reading of the workspace, and all streams. */
    @Override
    void close();
}
