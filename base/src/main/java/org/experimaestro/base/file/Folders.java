package org.experimaestro.base.file;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A collection of operations on whole folders. */
public final class Folders {
    private static final Set<PosixFilePermission> OWNERS = PosixFilePermissions.fromString("rwx------");

    private static final String MODE = "unix:mode";

    /** The bits setuid, setgid and sticky of chmod(2). */
    private static final int SPECIAL = 07000;

    private Folders() {}

    /**
     * Deletes a folder with its content, also if its owner has made it read-only. Missing files are ignored, and links
     * are not followed.
     *
     * @param folder the folder
     * @throws IOException if a file cannot be deleted
     */
    public static void delete(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) {
                try {
                    makeWritable(visited);
                } catch (IOException refused) {
                    // If that matters, the deletion below has the reason.
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) throws IOException {
                if (failure != null && !(failure instanceof NoSuchFileException)) {
                    throw failure;
                }
                Files.deleteIfExists(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /**
     * Copies the content of a folder into another one. Links stay links.
     *
     * @param from the folder
     * @param to the other folder, which is made if it does not exist, and has no files of the same names
     * @param without a folder whose content is left out
     * @throws IOException if a file cannot be read or written
     */
    public static void copy(Path from, Path to, Path without) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) throws IOException {
                if (visited.equals(without)) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(to.resolve(from.relativize(visited)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, to.resolve(from.relativize(file)), LinkOption.NOFOLLOW_LINKS);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /**
     * Gives a file or folder another path on the same file system, by one rename. A link is moved itself.
     *
     * @param file the file or folder, also one that its owner has made read-only
     * @param target its new path; what is there must not be a file, which would be replaced
     * @throws java.nio.file.AtomicMoveNotSupportedException if the path is on another file system
     * @throws IOException if it cannot be moved
     */
    public static void rename(Path file, Path target) throws IOException {
        try {
            Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AccessDeniedException refused) {
            // A folder that its owner has made read-only cannot get another parent (rename(2)).
            if (!makeWritable(file)) {
                throw refused;
            }
            Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /**
     * Adds the sizes of all files of a folder. Links are not followed, and missing files count nothing.
     *
     * @param folder a folder or a file
     * @return the sizes of the regular files, in bytes, without those in folders that cannot be listed
     */
    public static long size(Path folder) {
        long[] bytes = {0};
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    bytes[0] += attributes.isRegularFile() ? attributes.size() : 0;
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException failure) {
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException unseen) {
            throw new IllegalStateException("Each failure is handled above", unseen);
        }
        return bytes[0];
    }

    /**
     * Lets the owner of a folder list and change it.
     *
     * @param folder a file, which need not be a folder
     * @return whether permissions were added; false also for a file that is no folder
     * @throws IOException if the permissions cannot be read or changed, because it is another user's folder
     */
    public static boolean makeWritable(Path folder) throws IOException {
        PosixFileAttributeView view =
                Files.getFileAttributeView(folder, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (view == null || !view.readAttributes().isDirectory()) {
            return false;
        }
        Set<PosixFilePermission> before = view.readAttributes().permissions();
        if (before.containsAll(OWNERS)) {
            return false;
        }
        Set<PosixFilePermission> permissions = EnumSet.copyOf(OWNERS);
        permissions.addAll(before);
        setPermissions(folder, permissions);
        return true;
    }

    /**
     * Sets the permissions of a folder, and keeps the bit by which new files in it belong to its group (setgid).
     *
     * @param folder a folder, not a link, on a file system with permissions
     * @param permissions the new permissions
     * @throws IOException if they cannot be changed, because it is another user's folder
     */
    public static void setPermissions(Path folder, Set<PosixFilePermission> permissions) throws IOException {
        PosixFileAttributeView view =
                Files.getFileAttributeView(folder, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        int special = (Integer) Files.getAttribute(folder, MODE, LinkOption.NOFOLLOW_LINKS) & SPECIAL;
        view.setPermissions(permissions);
        if (special != 0) { // chmod(2), which Java calls with the nine usual permissions alone, has removed them
            int mode = (Integer) Files.getAttribute(folder, MODE, LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(folder, MODE, mode | special, LinkOption.NOFOLLOW_LINKS);
        }
    }
}
