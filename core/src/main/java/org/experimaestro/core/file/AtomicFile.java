package org.experimaestro.core.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;
import org.experimaestro.base.file.BoundedFile;
import org.experimaestro.base.file.FileName;

/**
 * Writes small files so that a reader, on this host or another, sees the whole file or none. Thread-safe.
 *
 * <p>The content goes to a file of its own beside the target, which is then given its {@link FileName name}.
 */
public final class AtomicFile {
    private static final AtomicLong COUNTER = new AtomicLong();
    /** What the names of files begin with that are being written, or that their writer has left. */
    public static final String TEMPORARY = ".tmp-";

    private AtomicFile() {}

    /**
     * Writes a file, in the place of an older one.
     *
     * @param file the file; its folder exists
     * @param text its content
     * @throws IOException if it cannot be written; the older file is then still there
     */
    public static void write(Path file, String text) throws IOException {
        write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Writes a file that is no text, in the place of an older one.
     *
     * @param file the file; its folder exists
     * @param content its bytes
     * @throws IOException if it cannot be written; the older file is then still there
     */
    public static void write(Path file, byte[] content) throws IOException {
        Path temporary = writeTemporary(file, content);
        try {
            FileName.replace(temporary, file);
        } catch (IOException failed) {
            Files.deleteIfExists(temporary);
            if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new FileSystemException(file.toString(), null, "a folder is in the place of a file");
            }
            throw failed;
        }
    }

    /**
     * Writes a file that is not there yet. If several try at once, on whatever hosts, one succeeds.
     *
     * @param file the file; its folder exists
     * @param text its content
     * @return whether this call wrote it; false if the file was there before
     * @throws java.nio.file.FileSystemException if a link, a folder, a pipe or a device is in its place
     * @throws IOException if it cannot be written
     */
    public static boolean create(Path file, String text) throws IOException {
        if (isThere(file)) {
            return false;
        }
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        Path temporary = writeTemporary(file, content);
        try {
            return FileName.take(temporary, file);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** A link in its place, wherever it leads, is not the file: what it says would be somebody else's word. */
    private static boolean isThere(Path file) throws IOException {
        try {
            BoundedFile.requireRegular(file);
            return true;
        } catch (NoSuchFileException notYet) {
            return false;
        }
    }

    /**
     * Whether a file name is that of a file that is being written, or was when its writer died.
     *
     * @param name a file's name
     * @return true for our temporary files
     */
    public static boolean isTemporary(String name) {
        return name.startsWith(TEMPORARY);
    }

    private static Path writeTemporary(Path file, byte[] content) throws IOException {
        while (true) {
            Path temporary = temporary(file);
            try {
                Files.write(temporary, content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                return temporary;
            } catch (FileAlreadyExistsException another) {
                // Another's, or ours, empty, whose reply was lost: there are more names.
            } catch (IOException failed) {
                Files.deleteIfExists(temporary);
                throw failed;
            }
        }
    }

    /** A name for a file beside another one, which nobody else has. */
    private static Path temporary(Path file) {
        // Distinct between threads by the counter, between processes and hosts by two clocks of different origin.
        long clocks = System.nanoTime() ^ System.currentTimeMillis() << 20;
        return file.resolveSibling(
                TEMPORARY + Long.toHexString(clocks) + "-" + COUNTER.incrementAndGet() + "-" + file.getFileName());
    }
}
