package org.experimaestro.base.file;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A maker of files that only this process writes, in folders where others may put links. A file is made exclusively
 * ({@code O_EXCL}, open(2)), which follows no link.
 */
public final class NewFile {
    private NewFile() {}

    /**
     * Makes a file, and opens it. A regular file of that name is replaced, because a user may have deleted only some
     * files of a job to run it again.
     *
     * @param file the file; its folder exists
     * @return a stream that appends to it, without a buffer; the caller closes it
     * @throws FileSystemException if a link, a folder, a pipe or a device is in its place; the reason names the kind
     * @throws IOException if it cannot be made
     */
    public static OutputStream open(Path file) throws IOException {
        try {
            return create(file);
        } catch (FileAlreadyExistsException other) {
            BoundedFile.requireRegular(file);
            Files.delete(file);
            return create(file);
        }
    }

    private static OutputStream create(Path file) throws IOException {
        return Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.APPEND);
    }
}
