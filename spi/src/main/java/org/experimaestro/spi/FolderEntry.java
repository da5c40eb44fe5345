package org.experimaestro.spi;

/** A file, a folder or a link below a folder that is copied, as its owner's machine describes it. Immutable. */
public sealed interface FolderEntry {

    /**
     * A regular file.
     *
     * @param size in bytes
     * @param sha256 the SHA-256 of its content, 64 hexadecimal digits
     * @param isExecutable whether its owner may execute it
     * @param modified the time of its last change, in seconds since 1970
     */
    record Content(long size, String sha256, boolean isExecutable, long modified) implements FolderEntry {}

    /**
     * A symbolic link, which nobody follows.
     *
     * @param target its text
     */
    record Link(String target) implements FolderEntry {}

    /** A folder. */
    record Folder() implements FolderEntry {}

    /**
     * Something that cannot be copied, such as a pipe, or a file that cannot be read.
     *
     * @param reason the reason, as a sentence whose subject is the entry, such as {@code is a pipe}
     */
    record Strange(String reason) implements FolderEntry {}

    /**
     * Returns whether another entry has the same content. Times and permissions do not count.
     *
     * @param other the other entry
     * @return false for entries that cannot be copied
     */
    default boolean hasContentOf(FolderEntry other) {
        return switch (this) {
            case Content content ->
                other instanceof Content there
                        && content.size() == there.size()
                        && content.sha256().equals(there.sha256());
            case Link link -> link.equals(other);
            case Folder _ -> other instanceof Folder;
            case Strange _ -> false;
        };
    }
}
