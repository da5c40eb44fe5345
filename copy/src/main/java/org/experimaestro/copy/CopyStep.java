package org.experimaestro.copy;

import java.util.SortedMap;
import org.experimaestro.WorkspaceException;
import org.experimaestro.spi.FolderEntry;

/** A step of a copy, for one part: what is to be done, or was done. Immutable. */
public sealed interface CopyStep {

    /**
     * Returns the part.
     *
     * @return the part
     */
    CopyPart part();

    /**
     * A part that is copied.
     *
     * @param part the part
     * @param entries its entries by path
     * @param bytes the size of its files; after the copy, of those that were sent
     * @param isReplaced whether a failed job is in its place, which is moved to the trash
     */
    record Copied(CopyPart part, SortedMap<String, FolderEntry> entries, long bytes, boolean isReplaced)
            implements CopyStep {}

    /**
     * A part that the target has with the same content, or a job that has failed here and is done there.
     *
     * @param part the part
     */
    record There(CopyPart part) implements CopyStep {}

    /**
     * A part that is not copied.
     *
     * @param part the part
     * @param reason the reason, with advice
     */
    record Refused(CopyPart part, WorkspaceException reason) implements CopyStep {}
}
