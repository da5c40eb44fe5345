package org.experimaestro.workspace;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.experimaestro.base.file.FileOwner;

/**
 * Makes the folders of a workspace in which we write. A link in the place of one is followed only if it belongs to this user, who
 * may have jobs on a bigger disk, or to root: somebody else's would have us write elsewhere, with our rights. The workspace
 * itself is where the user says, behind whatever links.
 */
final class OwnFolders {
    private OwnFolders() {}

    /**
     * Makes a folder, with those above it.
     *
     * @param root the workspace
     * @param folder a folder below it
     * @throws FileSystemException if somebody else's link, or a file, is in the place of one of them
     * @throws IOException if one cannot be made
     */
    static void make(Path root, Path folder) throws IOException {
        Path place = root;
        for (Path name : root.relativize(folder)) {
            place = place.resolve(name);
            BasicFileAttributes found = find(root, place);
            if (found.isSymbolicLink()) {
                requireOurs(place);
            } else if (!found.isDirectory()) {
                throw new FileSystemException(place.toString(), null, "a file is in the place of a folder");
            }
        }
    }

    /**
     * Makes the folder of our own files in a job's folder, which is never a link.
     *
     * @param folder the folder, whose parent exists
     * @throws FileSystemException if a link or a file is in its place
     * @throws IOException if it cannot be made
     */
    static void makeInternal(Path folder) throws IOException {
        requireFolder(find(folder.resolveSibling(""), folder), folder);
    }

    /** Throws if what was found in the place of a folder is a link or a file. */
    static void requireFolder(BasicFileAttributes found, Path folder) throws FileSystemException {
        if (!found.isDirectory()) {
            throw new FileSystemException(
                    folder.toString(),
                    null,
                    (found.isSymbolicLink() ? "a symbolic link" : "a file") + " is in the place of a folder");
        }
    }

    private static BasicFileAttributes find(Path root, Path place) throws IOException {
        try {
            return look(place);
        } catch (NoSuchFileException notYet) {
            create(root, place);
            return look(place);
        }
    }

    private static void create(Path root, Path place) throws IOException {
        try {
            Files.createDirectory(place);
        } catch (FileAlreadyExistsException another) {
            // Made by another process meanwhile: it is looked at like any other.
        } catch (NoSuchFileException noWorkspace) {
            Files.createDirectories(root);
            create(root, place);
        }
    }

    static BasicFileAttributes look(Path place) throws IOException {
        return Files.readAttributes(place, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    private static void requireOurs(Path link) throws IOException {
        FileOwner owner = FileOwner.of(link);
        if (!owner.isTrusted()) {
            throw new FileSystemException(
                    link.toString(),
                    null,
                    "this link belongs to " + owner.name()
                            + ", and nothing is written where somebody else's link leads:"
                            + " have a folder put in its place, or use another workspace");
        }
        if (!Files.isDirectory(link)) {
            throw new FileSystemException(link.toString(), null, "this link does not lead to a folder");
        }
    }
}
