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
        try (Draft draft = draft(file, text)) {
            return draft.create(file);
        }
    }

    /**
     * Writes the content of a file that gets its name later, in the same folder.
     *
     * @param file a file in that folder
     * @param text its content
     * @return the draft, to be closed
     * @throws IOException if it cannot be written
     */
    public static Draft draft(Path file, String text) throws IOException {
        return new Draft(writeTemporary(file, text.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * The content of a file that has no name yet. If another folder takes the place of its folder, it is not in that one,
     * and gets no name there. So what was read after the draft was written, and before it got its name, is of one folder.
     * Thread-safe.
     */
    public static final class Draft implements AutoCloseable {
        private final Path temporary;

        Draft(Path temporary) {
            this.temporary = temporary;
        }

        /**
         * Returns whether the draft is still in the folder of its path.
         *
         * @return false if the folder was moved or deleted
         */
        public boolean isThere() {
            return Files.exists(temporary, LinkOption.NOFOLLOW_LINKS);
        }

        /**
         * Returns the identity of the file, which stays the same under its name.
         *
         * @return the key of {@link FileStamp}
         * @throws NoSuchFileException if the folder was moved or deleted
         * @throws IOException if it cannot be read
         */
        public String key() throws IOException {
            return FileStamp.look(temporary, LinkOption.NOFOLLOW_LINKS).key();
        }

        /**
         * Gives the content a name that no other file has, as {@link AtomicFile#create} does.
         *
         * @param file the file, in the folder of the draft
         * @return whether this call gave the name; false if the file existed before
         * @throws NoSuchFileException if the folder was moved or deleted
         * @throws java.nio.file.FileSystemException if a link, a folder, a pipe or a device is in its place
         * @throws IOException if the name cannot be given
         */
        public boolean create(Path file) throws IOException {
            return !AtomicFile.isThere(file) && FileName.take(temporary, file);
        }

        /** Deletes the draft, and not the file that has a name. */
        @Override
        public void close() throws IOException {
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
