package org.experimaestro.workspace;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import org.experimaestro.base.file.FileName;
import org.experimaestro.core.file.AtomicFile;

/**
 * A replacement of a file's content at once, which keeps the file's permissions, and its time: by that time, a process
 * shows other hosts that it is alive.
 */
final class FileRewrite {
    private FileRewrite() {}

    /** The new content, which may be larger than memory. */
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    static void replace(Path file, Content content) throws IOException {
        FileTime time = Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS);
        Path temporary = file.resolveSibling(AtomicFile.TEMPORARY + "upgrade-" + file.getFileName());
        Files.deleteIfExists(temporary); // of a conversion that was interrupted
        try (OutputStream out = new BufferedOutputStream(
                Files.newOutputStream(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))) {
            content.writeTo(out);
        }
        PosixFileAttributeView posix =
                Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (posix != null) {
            Files.setPosixFilePermissions(temporary, posix.readAttributes().permissions());
        }
        Files.getFileAttributeView(temporary, BasicFileAttributeView.class).setTimes(time, null, null);
        FileName.replace(temporary, file);
    }
}
