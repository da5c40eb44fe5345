package org.experimaestro.model.root;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * The provider of the file system of paths below named roots. It delegates each operation to the default file system,
 * with the path on this host. The two paths of a method may be of either file system. Thread-safe.
 */
final class RootedFileSystemProvider extends FileSystemProvider {
    private final FileSystemProvider files = FileSystems.getDefault().provider();
    private final FileSystem own;

    RootedFileSystemProvider(FileSystem own) {
        this.own = own;
    }

    private static Path plain(Path path) {
        return RootedPath.plain(path);
    }

    @Override
    public String getScheme() {
        return "experimaestro-root";
    }

    @Override
    public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
        throw new UnsupportedOperationException("There is one file system of named roots");
    }

    @Override
    public FileSystem getFileSystem(URI uri) {
        return own;
    }

    /** Returns a plain path, because the URI of a rooted path is that of its file on this host. */
    @Override
    public Path getPath(URI uri) {
        return files.getPath(uri);
    }

    @Override
    public SeekableByteChannel newByteChannel(
            Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
        return files.newByteChannel(plain(path), options, attributes);
    }

    @Override
    public FileChannel newFileChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
            throws IOException {
        return files.newFileChannel(plain(path), options, attributes);
    }

    @Override
    public AsynchronousFileChannel newAsynchronousFileChannel(
            Path path,
            Set<? extends OpenOption> options,
            @Nullable ExecutorService executor,
            FileAttribute<?>... attributes)
            throws IOException {
        return files.newAsynchronousFileChannel(plain(path), options, executor, attributes);
    }

    @Override
    public InputStream newInputStream(Path path, OpenOption... options) throws IOException {
        return files.newInputStream(plain(path), options);
    }

    @Override
    public OutputStream newOutputStream(Path path, OpenOption... options) throws IOException {
        return files.newOutputStream(plain(path), options);
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(Path folder, DirectoryStream.Filter<? super Path> filter)
            throws IOException {
        if (!(folder instanceof RootedPath rooted)) {
            return files.newDirectoryStream(folder, filter);
        }
        return new Entries(
                rooted, files.newDirectoryStream(rooted.here(), entry -> filter.accept(rooted.known(entry))));
    }

    /** The entries of a folder, below the folder's root. */
    private record Entries(RootedPath folder, DirectoryStream<Path> entries) implements DirectoryStream<Path> {
        @Override
        public Iterator<Path> iterator() {
            Iterator<Path> plain = entries.iterator();
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return plain.hasNext();
                }

                @Override
                public Path next() {
                    return folder.known(plain.next());
                }

                @Override
                public void remove() {
                    plain.remove();
                }
            };
        }

        @Override
        public void close() throws IOException {
            entries.close();
        }
    }

    @Override
    public void createDirectory(Path folder, FileAttribute<?>... attributes) throws IOException {
        files.createDirectory(plain(folder), attributes);
    }

    @Override
    public void createSymbolicLink(Path link, Path target, FileAttribute<?>... attributes) throws IOException {
        files.createSymbolicLink(plain(link), plain(target), attributes);
    }

    @Override
    public void createLink(Path link, Path existing) throws IOException {
        files.createLink(plain(link), plain(existing));
    }

    @Override
    public Path readSymbolicLink(Path link) throws IOException {
        return files.readSymbolicLink(plain(link));
    }

    @Override
    public void delete(Path path) throws IOException {
        files.delete(plain(path));
    }

    @Override
    public void copy(Path source, Path target, CopyOption... options) throws IOException {
        Files.copy(plain(source), plain(target), options);
    }

    @Override
    public void move(Path source, Path target, CopyOption... options) throws IOException {
        Files.move(plain(source), plain(target), options);
    }

    @Override
    public boolean isSameFile(Path path, Path other) throws IOException {
        return Files.isSameFile(plain(path), plain(other));
    }

    @Override
    public boolean isHidden(Path path) throws IOException {
        return files.isHidden(plain(path));
    }

    @Override
    public FileStore getFileStore(Path path) throws IOException {
        return files.getFileStore(plain(path));
    }

    @Override
    public void checkAccess(Path path, AccessMode... modes) throws IOException {
        files.checkAccess(plain(path), modes);
    }

    @Override
    public <V extends FileAttributeView> @Nullable V getFileAttributeView(
            Path path, Class<V> type, LinkOption... options) {
        return files.getFileAttributeView(plain(path), type, options);
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options)
            throws IOException {
        return files.readAttributes(plain(path), type, options);
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options) throws IOException {
        return files.readAttributes(plain(path), attributes, options);
    }

    @Override
    public void setAttribute(Path path, String attribute, Object value, LinkOption... options) throws IOException {
        files.setAttribute(plain(path), attribute, value, options);
    }
}
