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
 * A writer of small files, such that a reader, on this host or another, sees either the whole file or no file.
 * Thread-safe.
 *
 * <p>The content is written to a temporary file beside the target, which then gets its {@link FileName name}.
 */
public final class AtomicFile {
    private static final AtomicLong COUNTER = new AtomicLong();
    /** The prefix of the names of temporary files, which are being written or were left by a crashed writer. */
    public static final String TEMPORARY = ".tmp-";

    private AtomicFile() {}

    /**
     * Writes a file, and replaces an older file.
     *
     * @param file the file; its folder exists
     * @param text its content
     * @throws IOException if it cannot be written; then the older file still exists
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
     * Writes a file that does not exist yet. If several processes or hosts try at once, one succeeds.
     *
     * @param file the file; its folder exists
     * @param text its content
     * @return whether this call wrote it; false if the file existed before
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

    /**
     * Returns whether the file exists. A link in its place does not count, because its content could be from another
     * person.
     */
    private static boolean isThere(Path file) throws IOException {
        try {
            BoundedFile.requireRegular(file);
            return true;
        } catch (NoSuchFileException notYet) {
            return false;
        }
    }

    /**
     * Returns whether a file name is that of a temporary file, which is being written or was left by a crashed
     * writer.
     *
     * @param name a file's name
     * @return true for temporary files of this class
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
                // The name belongs to another process, or to an empty file of this process whose reply was lost. Other
                // names are free.
            } catch (IOException failed) {
                Files.deleteIfExists(temporary);
                throw failed;
            }
        }
    }

    /** Returns a name for a temporary file beside another file, which no other thread, process or host uses. */
    private static Path temporary(Path file) {
        // The counter distinguishes threads; two clocks of different origin distinguish processes and hosts.
        long clocks = System.nanoTime() ^ System.currentTimeMillis() << 20;
        return file.resolveSibling(
                TEMPORARY + Long.toHexString(clocks) + "-" + COUNTER.incrementAndGet() + "-" + file.getFileName());
    }
}
