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
 * Folders of this user alone: what is read back from them is run, or believed. Nobody else may read or write there, whatever
 * the umask, as the XDG base directory specification (0.8) has it for the folders that it names.
 */
public final class PrivateFolder {
    private static final Set<PosixFilePermission> OWNERS = PosixFilePermissions.fromString("rwx------");

    private PrivateFolder() {}

    /**
     * Makes a folder, with those above it that are missing; or looks whether one that is there is private. One that others may
     * only read or search is closed to them. The folder that holds it must be this user's or root's, and not be writable by
     * others unless it is such as {@code /tmp}: else they could put another folder in its place at any moment.
     *
     * @param folder the folder; the folders above it may be reached through links
     * @param below the names of private folders in it, each in the one before
     * @return the last folder
     * @throws FileSystemException if one belongs to somebody else, others may write there, or it is not a folder; the reason
     *     says which, and what to do
     * @throws IOException if one cannot be made
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
            // Against a user to whom that folder belongs, only another folder helps: those who call know how to name
            // it.
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
        // A link to a folder elsewhere is the user's own wish if the link is the user's: what it leads to is looked at.
        // Into a
        // folder such as /tmp, others may move one that the user has elsewhere: rename(2) keeps its owner.
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
                    writers + " may write in this folder, so what is in it cannot be believed: delete it, or look at"
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
                    "this folder belongs to " + owner.name()
                            + ", so what is in it cannot be believed: have it deleted");
        }
    }

    private static boolean hasPermissions(Path folder) {
        return folder.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
