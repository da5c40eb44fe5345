package org.experimaestro.workspace;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.experimaestro.base.file.BoundedFile;

/**
 * Access to the logs of a job's process. The log of an attempt that continues another one is a link to the other one's
 * log (see {@link Attempt#continueLogs}). Only links to a file of the same folder are followed, because another user
 * may have made a link.
 */
public final class LogFile {
    private LogFile() {}

    /**
     * Opens a log.
     *
     * @param log a file of a job's folder
     * @return a channel to be read; the caller closes it
     * @throws java.nio.file.NoSuchFileException if the file does not exist yet
     * @throws FileSystemException if it is a link that leads out of its folder, a folder, a pipe or a device
     * @throws IOException if it cannot be opened
     */
    public static SeekableByteChannel open(Path log) throws IOException {
        return openRegular(OwnFolders.look(log).isSymbolicLink() ? sibling(log) : log);
    }

    /**
     * Opens a file that is never a link, such as a job's events.
     *
     * @param file the file
     * @return a channel to be read; the caller closes it
     * @throws java.nio.file.NoSuchFileException if the file does not exist yet
     * @throws FileSystemException if it is a link, a folder, a pipe or a device
     * @throws IOException if it cannot be opened
     */
    public static SeekableByteChannel openRegular(Path file) throws IOException {
        BoundedFile.requireRegular(file);
        return Files.newByteChannel(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
    }

    private static Path sibling(Path log) throws IOException {
        Path target = Files.readSymbolicLink(log);
        String name = target.toString();
        if (target.getNameCount() != 1 || target.isAbsolute() || name.equals("..") || name.equals(".")) {
            throw new FileSystemException(
                    log.toString(), null, "a symbolic link that leads out of its folder is in the place of a log");
        }
        return log.resolveSibling(target);
    }
}
