package org.experimaestro.spi;

import java.nio.file.Path;

/** A host: a shell, and the workspace as that host sees it. It reconnects by itself. Thread-safe. */
public interface Connector extends Shell, AutoCloseable {

    /**
     * What users call the host.
     *
     * @return a name for messages
     */
    String name();

    /**
     * A workspace on that host.
     *
     * @param root the workspace here, an absolute path
     * @return the same workspace there
     * @throws UnreachableException if the host does not answer
     * @throws RefusedException if the host does not have the workspace, and cannot have it
     * @throws InterruptedException if this thread is interrupted
     */
    HostWorkspace workspace(Path root) throws UnreachableException, RefusedException, InterruptedException;

    /** Ends the connection. Jobs go on. */
    @Override
    void close();
}
