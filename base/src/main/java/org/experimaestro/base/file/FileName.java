package org.experimaestro.base.file;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * Gives written files their names, by {@code rename} or {@code link}: both are atomic on local file systems and on NFS (RFC
 * 1813, sections 3.3.14 and 3.3.15).
 *
 * <p>A network file system may do what it is asked for, lose its reply, and be asked again: then {@code link} reports that
 * the name is taken, and {@code rename} that there is nothing to rename. Which file is there under the name decides.
 */
public final class FileName {
    private FileName() {}

    /**
     * Gives a file a name that may be another's, which loses it.
     *
     * @param temporary the file, whose name no other process has
     * @param name the name, in the same file system
     * @throws IOException if it cannot be given; the other file then still has it
     */
    public static void replace(Path temporary, Path name) throws IOException {
        Object file = key(temporary);
        try {
            Files.move(temporary, name, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (NoSuchFileException gone) {
            if (file == null || !file.equals(keyIfThere(name))) {
                throw gone;
            }
        }
    }

    /**
     * Gives a file a name that no other has. If several processes try at once, on whatever hosts, one succeeds.
     *
     * @param temporary the file, whose name no other process has; the caller deletes it if it is still there afterwards
     * @param name the name, in the same folder
     * @return whether this call gave it; false if the name is taken
     * @throws IOException if it cannot be given
     */
    public static boolean take(Path temporary, Path name) throws IOException {
        try {
            Files.createLink(name, temporary);
            return true;
        } catch (FileAlreadyExistsException taken) {
            return isSame(name, temporary);
        } catch (UnsupportedOperationException noLinks) {
            return Reservation.take(name, temporary);
        } catch (FileSystemException failed) {
            if (hasLinks(failed)) {
                throw failed;
            }
            return Reservation.take(name, temporary);
        }
    }

    /** EPERM, ENOTSUP or ENOSYS, as the system words them: link(2) on a file system that has no hard links. */
    private static boolean hasLinks(FileSystemException failed) {
        String reason = String.valueOf(failed.getReason());
        return !reason.contains("not permitted")
                && !reason.contains("not supported")
                && !reason.contains("not implemented");
    }

    private static boolean isSame(Path name, Path temporary) throws IOException {
        Object file = key(temporary);
        return file != null && file.equals(keyIfThere(name));
    }

    private static @Nullable Object keyIfThere(Path path) throws IOException {
        try {
            return key(path);
        } catch (NoSuchFileException notThere) {
            return null;
        }
    }

    private static @Nullable Object key(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .fileKey();
    }
}
