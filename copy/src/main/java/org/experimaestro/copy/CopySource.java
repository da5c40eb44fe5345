package org.experimaestro.copy;

import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import org.experimaestro.spi.FolderEntry;
import org.experimaestro.spi.HostFolder;
import org.experimaestro.spi.UnreachableException;
import org.experimaestro.workspace.Workspace;

/** A workspace from which parts are copied. It is only read. Confined to one thread. */
public interface CopySource extends AutoCloseable {

    /**
     * Returns the workspace, from which parts are selected. Of a workspace on another host, it has only Experimaestro's own
     * files.
     *
     * @return a workspace of this machine
     */
    Workspace workspace();

    /**
     * Lists the files of parts, with their digests.
     *
     * @param parts the parts
     * @return the entries by their paths in the workspace; a part that has disappeared has none
     * @throws UnreachableException if the host does not answer
     * @throws InterruptedException if this thread is interrupted
     */
    SortedMap<String, FolderEntry> list(Collection<CopyPart> parts) throws UnreachableException, InterruptedException;

    /**
     * Reads files.
     *
     * @param files the files, as they were listed
     * @param receiver receives each file once, unless it has disappeared
     * @throws UnreachableException if the host does not answer
     * @throws org.experimaestro.WorkspaceException if a file cannot be read, or the receiver cannot store it
     * @throws InterruptedException if this thread is interrupted
     */
    void read(Map<String, FolderEntry.Content> files, HostFolder.Receiver receiver)
            throws UnreachableException, InterruptedException;

    /** Closes the connection, if there is one. */
    @Override
    void close();
}
