package org.experimaestro.connector.ssh;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HexFormat;
import org.experimaestro.base.file.BoundedFile;
import org.experimaestro.core.file.RememberedDigests;

/**
 * The SHA-256 of files of this machine, for a comparison with the output of {@code sha256sum} on the host.
 * Thread-safe.
 */
final class LocalDigests {
    /**
     * A text that is not the digest of any file. A file that cannot be compared is transferred, like a file that
     * differs.
     */
    private static final String CHANGING = "";

    private LocalDigests() {}

    /**
     * Returns the digest of a file.
     *
     * @param file a file
     * @return 64 hexadecimal digits; empty if the file changes while it is read
     * @throws IOException if it cannot be read, or is a link, a folder, a pipe or a device
     */
    static String of(Path file) throws IOException {
        BasicFileAttributes before = BoundedFile.requireRegular(file);
        try {
            return HexFormat.of().formatHex(RememberedDigests.sha256().of(file));
        } catch (FileSystemException failed) {
            BasicFileAttributes after = BoundedFile.requireRegular(file);
            if (before.size() == after.size() && before.lastModifiedTime().equals(after.lastModifiedTime())) {
                throw failed;
            }
            return CHANGING;
        }
    }
}
