package org.experimaestro.spi;

import java.nio.file.Path;

/** A connection to a host: a shell, and the workspace as that host sees it. It reconnects by itself. Thread-safe. */
public interface Connector extends Shell, AutoCloseable {

    /**
     * Returns the users' name of the host.
     *
     * @return a name for messages
     */
    String name();

    /**
     * Returns a workspace on that host. Connects if necessary, and blocks until the host has answered.
     *
     * @param root the workspace here, an absolute path
     * @return the same workspace there
     * @throws UnreachableException if the host does not answer
     * @throws RefusedException if the host does not have the workspace, and cannot have it
     * @throws InterruptedException if this thread is interrupted
     */
    HostWorkspace workspace(Path root) throws UnreachableException, RefusedException, InterruptedException;

    /**
     * Returns a folder of that host, to which or from which files are copied. Connects if necessary.
     *
     * @param path the folder, absolute or relative to the user's home; {@code ~/} is the home, too
     * @param make whether a missing folder is made
     * @return the folder
     * @throws UnreachableException if the host does not answer
     * @throws RefusedException if there is no such folder, it cannot be made, or this kind of connector copies no files
     * @throws InterruptedException if this thread is interrupted
     */
    default HostFolder folder(String path, boolean make)
            throws UnreachableException, RefusedException, InterruptedException {
        throw new RefusedException("The connector " + name() + " copies no files");
    }

    /** Closes the connection. Jobs continue. */
    @Override
    void close();
}
