package org.experimaestro.web.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Set;

/**
 * An open file of a job's folder. It is reached folder by folder, each opened in the one before and none through a link
 * (openat(2), O_NOFOLLOW), so that nobody can exchange a part of the path on the way. Confined to one thread.
 */
final class JobFile implements Closeable {
    private final SeekableByteChannel channel;
    private final long size;

    private JobFile(SeekableByteChannel channel, long size) {
        this.channel = channel;
        this.size = size;
    }

    /**
     * Opens a regular file.
     *
     * @param folder the job's folder
     * @param path the names of the folders in it and of the file, one at least; none is {@code .} or {@code ..}
     * @throws java.nio.file.NoSuchFileException if it does not exist
     * @throws FileSystemException if a link is on the way, or if it is a folder, a pipe or a device
     * @throws IOException if it cannot be opened
     */
    static JobFile open(Path folder, List<String> path) throws IOException {
        try (DirectoryStream<Path> top = Files.newDirectoryStream(folder)) {
            if (top instanceof SecureDirectoryStream<Path> secure) {
                return open(secure, path);
            }
        }
        throw new FileSystemException(folder.toString(), null, "this system cannot open files without following links");
    }

    private static Path name(String segment) throws IOException {
        try {
            return Path.of(segment);
        } catch (InvalidPathException unknown) {
            throw new NoSuchFileException(segment, null, "it is no name of a file of this system");
        }
    }

    private static JobFile open(SecureDirectoryStream<Path> folder, List<String> path) throws IOException {
        Path name = name(path.getFirst());
        if (name.getNameCount() != 1 || name.isAbsolute()) {
            throw new FileSystemException(path.getFirst(), null, "it is no name of a file");
        }
        if (path.size() > 1) {
            try (SecureDirectoryStream<Path> inner = folder.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
                return open(inner, path.subList(1, path.size()));
            }
        }
        BasicFileAttributes found = folder.getFileAttributeView(
                        name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .readAttributes();
        if (!found.isRegularFile()) {
            throw new FileSystemException(name.toString(), null, "it is a link, a folder, a pipe or a device");
        }
        SeekableByteChannel channel =
                folder.newByteChannel(name, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
        return new JobFile(channel, channel.size());
    }

    /** Returns the number of bytes when the file was opened. */
    long size() {
        return size;
    }

    SeekableByteChannel channel() {
        return channel;
    }

    /** Returns bytes from the beginning, at most so many. */
    byte[] head(int most) throws IOException {
        ByteBuffer head = ByteBuffer.allocate((int) Math.min(most, size));
        channel.position(0);
        while (head.hasRemaining() && channel.read(head) >= 0) {
            // until the buffer is full, or the file ends
        }
        byte[] bytes = new byte[head.position()];
        head.flip().get(bytes);
        return bytes;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
