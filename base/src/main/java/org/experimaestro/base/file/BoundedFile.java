package org.experimaestro.base.file;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * A reader of files that another person may have put in the place of ours. It reads only regular files, never through
 * a link, and only up to a size. Anything else is a {@link FileSystemException}, whose reason names the kind of file,
 * and nothing is read.
 *
 * <p>If another process replaces the file by a pipe between the check and the opening, the reader blocks. Java has no
 * {@code O_NONBLOCK} (open(2)).
 */
public final class BoundedFile {
    private BoundedFile() {}

    /**
     * Reads a whole file.
     *
     * @param file the file
     * @param mostBytes the largest size, in bytes
     * @return its content
     * @throws java.nio.file.NoSuchFileException if there is none
     * @throws FileSystemException if it is a link, a folder, a pipe, a device, or larger
     * @throws IOException if it cannot be read
     */
    public static byte[] read(Path file, int mostBytes) throws IOException {
        long size = requireRegular(file).size();
        if (size > mostBytes) {
            throw tooLarge(file, mostBytes);
        }
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] content = in.readNBytes((int) size);
            int next = in.read();
            if (next < 0) {
                return content;
            }
            // The file has grown since the check, or its file system does not report sizes, as in /proc.
            ByteArrayOutputStream all = new ByteArrayOutputStream(2 * content.length + 1);
            all.writeBytes(content);
            all.write(next);
            all.writeBytes(in.readNBytes(mostBytes - content.length));
            if (all.size() > mostBytes) {
                throw tooLarge(file, mostBytes);
            }
            return all.toByteArray();
        }
    }

    /**
     * Opens a file that may be larger than memory, to be read from its beginning.
     *
     * @param file the file
     * @return the stream, without a buffer; the caller closes it
     * @throws java.nio.file.NoSuchFileException if there is none
     * @throws FileSystemException if it is a link, a folder, a pipe or a device
     * @throws IOException if it cannot be opened
     */
    public static InputStream open(Path file) throws IOException {
        requireRegular(file);
        return Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * Checks that a file is a regular file.
     *
     * @param file the file
     * @return its attributes
     * @throws java.nio.file.NoSuchFileException if there is none
     * @throws FileSystemException if it is a link, a folder, a pipe or a device
     * @throws IOException if its attributes cannot be read
     */
    public static BasicFileAttributes requireRegular(Path file) throws IOException {
        BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!found.isRegularFile()) {
            throw new FileSystemException(file.toString(), null, kind(found) + " is in the place of a file");
        }
        return found;
    }

    private static String kind(BasicFileAttributes found) {
        if (found.isSymbolicLink()) {
            return "a symbolic link";
        }
        return found.isDirectory() ? "a folder" : "a pipe, a socket or a device";
    }

    private static FileSystemException tooLarge(Path file, int mostBytes) {
        return new FileSystemException(
                file.toString(), null, "it is larger than " + mostBytes + " bytes, the most that such a file may have");
    }
}
