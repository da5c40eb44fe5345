package org.experimaestro.copy;

import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import org.experimaestro.spi.FolderEntry;
import org.experimaestro.spi.UnreachableException;

/**
 * A workspace into which parts are copied. A part is first staged in a folder of its own, compared there by content, and
 * then gets its place as a whole. Confined to one thread.
 */
public sealed interface CopyTarget extends AutoCloseable permits LocalTarget, HostTarget {

    /**
     * Returns the workspace's path, with its host.
     *
     * @return a text for people
     */
    String name();

    /** Looks which parts are there. Nothing is changed. */
    Map<CopyPart, Presence> look(Collection<CopyPart> parts) throws UnreachableException, InterruptedException;

    /** Makes the workspace if it does not exist, and prepares the copy. */
    void begin() throws UnreachableException, InterruptedException;

    /**
     * Stages parts: reads the files that are not staged yet, deletes others, and compares the content of all.
     *
     * @param parts the parts
     * @param entries all their entries
     * @param source the source of the content
     * @return the bytes that were sent, which were not staged before
     * @throws org.experimaestro.WorkspaceException if a file cannot be stored, or has other content than was listed
     */
    long stage(Collection<CopyPart> parts, SortedMap<String, FolderEntry> entries, CopySource source)
            throws UnreachableException, InterruptedException;

    /**
     * Gives a staged part its place.
     *
     * @param part the part
     * @param expected what was found in its place
     * @throws org.experimaestro.WorkspaceException if something else is there now; what is there stays
     */
    void place(CopyPart part, Presence expected) throws UnreachableException, InterruptedException;

    /** Ends the copy. */
    @Override
    void close();
}
