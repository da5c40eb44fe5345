package org.experimaestro.base.file;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/**
 * A maker of folders for this user alone, because their content is executed or trusted. No other user may read or
 * write there, regardless of the umask, as the XDG base directory specification (0.8) demands for its folders.
 */
public final class PrivateFolder {
    private static final Set<PosixFilePermission> OWNERS = PosixFilePermissions.fromString("rwx------");

    private PrivateFolder() {}

    /**
     * Makes a folder and missing parent folders, or checks that an existing folder is private. If others may only
     * read or search the folder, their permissions are removed.
     *
     * <p>The parent folder must be this user's or root's, and must not be writable by others unless it is a folder
     * such as {@code /tmp}. Otherwise others could replace the folder at any moment.
     *
     * @param folder the folder; its parent folders may be reached through links
     * @param below the names of private folders in it, each in the previous one
     * @return the last folder
     * @throws FileSystemException if a folder belongs to another user, others may write there, or it is not a folder.
     *     The reason names it and has advice.
     * @throws IOException if a folder cannot be made
     */
    public static Path make(Path folder, String... below) throws IOException {
        Path above = folder.toAbsolutePath().getParent();
        if (above != null && !Files.isDirectory(above)) {
            makeMissing(above);
        }
        requireNone(FileWriters.ofPlace(folder), folder);
        Path made = create(folder);
        check(made);
        for (String name : below) {
            made = create(made.resolve(name));
            check(made);
        }
        return made;
    }

    private static void makeMissing(Path folder) throws IOException {
        Path above = folder.getParent();
        if (above != null && !Files.isDirectory(above)) {
            makeMissing(above);
        }
        create(folder);
    }

    private static Path create(Path folder) throws IOException {
        try {
            Files.createDirectory(folder, attributes(folder));
        } catch (FileAlreadyExistsException there) {
            if (!Files.isDirectory(folder)) {
                throw new FileSystemException(folder.toString(), null, "a file is in the place of a folder");
            }
        }
        return folder;
    }

    private static FileAttribute<?>[] attributes(Path folder) {
        return hasPermissions(folder)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNERS)}
                : new FileAttribute<?>[0];
    }

    private static void requireNone(FileWriters exchangers, Path folder) throws IOException {
        if (!exchangers.isEmpty()) {
            // Against the owner of that folder, only another folder helps; the caller has the setting for it.
            String keepOut = exchangers.users().isEmpty()
                    ? ": run chmod go-w " + folder.toAbsolutePath().getParent()
                    : "";
            throw new FileSystemException(
                    folder.toString(),
                    null,
                    "the folder that holds it can be changed by " + exchangers
                            + ", who could put another one in its place" + keepOut);
        }
    }

    private static void check(Path folder) throws IOException {
        if (!hasPermissions(folder)) {
            return;
        }
        // A link to another folder is the user's choice if the link is the user's, so its target is checked. Into a
        // folder such as /tmp, others may move a link that the user has elsewhere, because rename(2) keeps its owner.
        requireOwner(folder, FileOwner.of(folder));
        if (Files.isSymbolicLink(folder)) {
            requireNone(FileWriters.of(folder.toAbsolutePath().resolveSibling("")), folder);
        }
        requireOwner(folder, FileOwner.of(folder.toRealPath()));
        FileWriters writers = FileWriters.of(folder);
        if (!writers.isEmpty()) {
            throw new FileSystemException(
                    folder.toString(),
                    null,
                    writers + " may write in this folder, so its content cannot be trusted: delete it, or look at"
                            + " what is in it and run chmod go-rwx " + folder);
        }
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        permissions.addAll(
                Files.readAttributes(folder, PosixFileAttributes.class).permissions());
        if (!OWNERS.containsAll(permissions)) {
            permissions.retainAll(OWNERS);
            Files.setPosixFilePermissions(folder, permissions);
        }
    }

    private static void requireOwner(Path folder, FileOwner owner) throws IOException {
        if (!owner.isThisUser()) {
            throw new FileSystemException(
                    folder.toString(),
                    null,
                    "this folder belongs to " + owner.name() + ", so its content cannot be trusted: have it deleted");
        }
    }

    private static boolean hasPermissions(Path folder) {
        return folder.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
