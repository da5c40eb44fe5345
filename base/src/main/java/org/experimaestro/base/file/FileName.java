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
 * A namer of written files, by {@code rename} or {@code link}. Both are atomic on local file systems and on NFS (RFC
 * 1813, sections 3.3.14 and 3.3.15).
 *
 * <p>A network file system may execute a request, lose its reply, and get the request again. Then {@code link}
 * reports that the name is taken, and {@code rename} that there is nothing to rename. Therefore the file under the
 * name decides.
 */
public final class FileName {
    private FileName() {}

    /**
     * Gives a file a name. Another file with that name is replaced.
     *
     * @param temporary the file, whose name no other process uses
     * @param name the name, in the same file system
     * @throws IOException if the renaming fails; then the other file still has the name
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
     * Gives a file a name that no other file has. If several processes or hosts try at once, one succeeds.
     *
     * @param temporary the file, whose name no other process uses; the caller deletes it if it still exists
     *     afterwards
     * @param name the name, in the same folder
     * @return whether this call gave the name; false if the name is taken
     * @throws IOException if the name cannot be given
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

    /**
     * Returns whether the file system has hard links. A file system without them answers link(2) with EPERM, ENOTSUP
     * or ENOSYS, which are recognized by their messages.
     */
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
