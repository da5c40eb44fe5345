package org.experimaestro.base.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The file or folder whose permissions keep this user from reading or writing a file. Immutable.
 *
 * @param file the file or folder
 * @param attributes its owner, group and permissions
 */
public record AccessObstacle(Path file, PosixFileAttributes attributes) {

    /**
     * Finds the obstacle to a file that the system has refused.
     *
     * @param file the file, which need not exist
     * @return the first folder on the way that may not be entered, else the file if it may not be read, else the folder in
     *     which nothing may be made, else the file if it may not be written; empty if none of these is refused, or the file
     *     system has no such permissions
     */
    public static Optional<AccessObstacle> find(Path file) {
        Path whole = file.toAbsolutePath();
        for (int names = 0; names < whole.getNameCount() - 1; names++) {
            Path folder = names == 0 ? whole.getRoot() : whole.getRoot().resolve(whole.subpath(0, names));
            if (Files.isDirectory(folder) && !Files.isExecutable(folder)) {
                return of(folder);
            }
        }
        Path folder = whole.getParent();
        boolean isThere = Files.exists(whole, LinkOption.NOFOLLOW_LINKS);
        if (isThere && !Files.isReadable(whole)) {
            return of(whole);
        }
        if (folder != null && !isUsable(folder)) {
            return of(folder);
        }
        return isThere && !Files.isWritable(whole) ? of(whole) : Optional.empty();
    }

    /**
     * Finds the obstacle to making files in a folder.
     *
     * @param folder the folder
     * @return the folder; empty if this user may make files there, it does not exist, or its file system has no such
     *     permissions
     */
    public static Optional<AccessObstacle> inFolder(Path folder) {
        return isUsable(folder) ? Optional.empty() : of(folder);
    }

    private static boolean isUsable(Path folder) {
        return !Files.isDirectory(folder) || Files.isWritable(folder) && Files.isExecutable(folder);
    }

    private static Optional<AccessObstacle> of(Path file) {
        PosixFileAttributes attributes = attributes(file);
        return attributes == null ? Optional.empty() : Optional.of(new AccessObstacle(file, attributes));
    }

    private static @Nullable PosixFileAttributes attributes(Path file) {
        try {
            return Files.readAttributes(file, PosixFileAttributes.class);
        } catch (IOException | UnsupportedOperationException unknown) {
            return null;
        }
    }

    /**
     * Returns the name of the user who can change the permissions.
     *
     * @return the owner of the file or folder
     */
    public String owner() {
        return attributes.owner().getName();
    }

    /**
     * Returns whose the file is, and what its permissions are.
     *
     * @return a clause, such as {@code /data/lab belongs to anna, group lab, with rwxr-xr-x, and you are ben}
     */
    @Override
    public String toString() {
        String clause = file + " belongs to " + owner() + ", group "
                + attributes.group().getName() + ", with " + PosixFilePermissions.toString(attributes.permissions());
        return clause
                + (isOnReadOnlyFileSystem()
                        ? ", and its file system is read-only"
                        : ", and you are " + System.getProperty("user.name"));
    }

    private boolean isOnReadOnlyFileSystem() {
        try {
            return Files.getFileStore(file).isReadOnly();
        } catch (IOException unknown) {
            return false;
        }
    }
}
