package org.experimaestro.workspace;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import org.experimaestro.base.file.FileOwner;
import org.experimaestro.base.file.FileWriters;
import org.experimaestro.base.file.OwnFolder;
import org.jspecify.annotations.Nullable;

/**
 * The creation of the folders of a workspace in which we write. A link in the place of a folder is followed only if
 * this user or root has put it there, for example to keep jobs on a larger disk. A link of another user could direct
 * our writes anywhere, with our permissions. In the path of the workspace itself, all links are followed.
 *
 * <p>The owner of a link need not be the user that has put it in its place: rename(2) keeps the owner, and requires
 * only the permission to write in the folder. Therefore no other user may write in the folder of the link, or in one
 * above it in the workspace.
 */
final class OwnFolders {
    private static final int MOST_TRIES = 100;

    private OwnFolders() {}

    /**
     * Makes a folder, and those above it, unless they exist. The folder of our own files in a job's folder must not be
     * a link.
     *
     * @param root the workspace
     * @param folder a folder below it
     * @throws FileSystemException if another user's link, or a file, is in the place of one of them
     * @throws IOException if one cannot be made
     */
    static void make(Path root, Path folder) throws IOException {
        for (int tries = 1; ; tries++) {
            try {
                makeEach(root, folder);
                return;
            } catch (NoSuchFileException deleted) {
                // There is no workspace yet, or a folder above was deleted since it was found, because jobs are being
                // deleted.
                if (tries == MOST_TRIES) {
                    throw deleted;
                }
                Files.createDirectories(root);
            }
        }
    }

    private static void makeEach(Path root, Path folder) throws IOException {
        Path place = root;
        boolean isNew = false; // one that was just made has no folders
        for (Path name : root.relativize(folder)) {
            place = place.resolve(name);
            BasicFileAttributes found = isNew ? null : lookIfThere(place);
            isNew = found == null && create(place);
            if (isNew) {
                continue;
            }
            if (found == null) {
                found = look(place); // another process has made it meanwhile: it is checked as any other folder
            }
            if (found.isSymbolicLink() && !name.toString().equals(OwnFolder.NAME)) {
                requireOurs(root, place);
            } else {
                requireFolder(found, place);
            }
        }
    }

    /**
     * Requires that the attributes found in the place of a folder are those of a folder, and not of a link or a file.
     */
    static void requireFolder(BasicFileAttributes found, Path folder) throws FileSystemException {
        if (!found.isDirectory()) {
            throw new FileSystemException(
                    folder.toString(),
                    null,
                    (found.isSymbolicLink() ? "a symbolic link" : "a file") + " is in the place of a folder");
        }
    }

    private static @Nullable BasicFileAttributes lookIfThere(Path place) throws IOException {
        try {
            return look(place);
        } catch (NoSuchFileException notYet) {
            return null;
        }
    }

    /** Makes a folder; returns false if something has its name. */
    private static boolean create(Path place) throws IOException {
        try {
            Files.createDirectory(place);
            return true;
        } catch (FileAlreadyExistsException another) {
            return false;
        }
    }

    static BasicFileAttributes look(Path place) throws IOException {
        return Files.readAttributes(place, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * Finds a link in the path of a folder that another user may have put there. Above the workspace, only the owners
     * of links are checked.
     *
     * @param root the workspace
     * @param folder a folder below it
     * @return the link and its owner or possible makers, as {@code /work/jobs, which belongs to anna}; empty if there
     *     is none
     * @throws IOException if a link, or a folder that contains a link, cannot be read
     */
    static Optional<String> findDoubtfulLink(Path root, Path folder) throws IOException {
        for (Path place = folder; place != null; place = place.getParent()) {
            Optional<String> doubt = Files.isSymbolicLink(place) ? doubt(root, place) : Optional.empty();
            if (doubt.isPresent()) {
                return Optional.of(place + ", which " + doubt.get());
            }
        }
        return Optional.empty();
    }

    private static Optional<String> doubt(Path root, Path link) throws IOException {
        FileOwner owner = FileOwner.of(link);
        if (!owner.isTrusted()) {
            return Optional.of("belongs to " + owner.name());
        }
        for (Path folder = link.getParent(); folder != null && folder.startsWith(root); folder = folder.getParent()) {
            FileWriters writers = FileWriters.of(folder);
            if (!writers.isEmpty()) {
                return Optional.of("may have been moved there by " + writers + ", since they can write in " + folder);
            }
        }
        return Optional.empty();
    }

    private static void requireOurs(Path root, Path link) throws IOException {
        Optional<String> doubt = doubt(root, link);
        if (doubt.isPresent()) {
            throw new FileSystemException(
                    link.toString(),
                    null,
                    "this link " + doubt.get() + ", and nothing is written where somebody else's link leads: have a"
                            + " folder put in its place, or have the whole workspace where the link leads");
        }
        if (!Files.isDirectory(link)) {
            throw new FileSystemException(link.toString(), null, "this link does not lead to a folder");
        }
    }
}
