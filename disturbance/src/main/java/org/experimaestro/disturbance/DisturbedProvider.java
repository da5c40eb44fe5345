package org.experimaestro.disturbance;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
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
import org.jspecify.annotations.Nullable;

/** Does what another provider does, with a disturbance before and after it. */
abstract class DisturbedProvider extends FileSystemProvider {
    private final DisturbedFileSystem fileSystem;
    private final FileSystemProvider inner;
    private final Disturbance disturbance;

    DisturbedProvider(DisturbedFileSystem fileSystem, FileSystemProvider inner, Disturbance disturbance) {
        this.fileSystem = fileSystem;
        this.inner = inner;
        this.disturbance = disturbance;
    }

    /** Creates a provider of the paths of another one, for which it makes a file system. */
    DisturbedProvider(FileSystemProvider inner, Disturbance disturbance) {
        this.fileSystem = new DisturbedFileSystem(inner.getFileSystem(URI.create("file:///")), this);
        this.inner = inner;
        this.disturbance = disturbance;
    }

    private interface Call<T> {
        T make() throws IOException;
    }

    private <T> T disturbed(Operation operation, Path path, Call<T> call) throws IOException {
        Path real = real(path);
        disturbance.before(operation, real);
        T answer;
        try {
            answer = call.make();
        } catch (IOException failed) {
            disturbance.after(operation, real);
            throw failed;
        }
        disturbance.after(operation, real);
        return answer;
    }

    private Path real(Path path) {
        return disturbance.place(DisturbedFileSystem.real(path));
    }

    @Override
    public String getScheme() {
        return inner.getScheme();
    }

    @Override
    public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileSystem getFileSystem(URI uri) {
        return fileSystem;
    }

    @Override
    public Path getPath(URI uri) {
        // The system's provider may ask the default file system for the path, which is that of this provider.
        return fileSystem.wrap(DisturbedFileSystem.real(inner.getPath(uri)));
    }

    @Override
    public OutputStream newOutputStream(Path path, OpenOption... options) throws IOException {
        OutputStream stream = disturbed(Operation.OPEN, path, () -> inner.newOutputStream(real(path), options));
        return new FilterOutputStream(stream) {
            @Override
            public void write(int single) throws IOException {
                write(new byte[] {(byte) single}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int from, int count) throws IOException {
                disturbed(Operation.WRITE, path, () -> {
                    stream.write(bytes, from, count);
                    return path;
                });
            }
        };
    }

    @Override
    public SeekableByteChannel newByteChannel(
            Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
        return disturbed(Operation.OPEN, path, () -> inner.newByteChannel(real(path), options, attributes));
    }

    @Override
    public FileChannel newFileChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
            throws IOException {
        return disturbed(Operation.OPEN, path, () -> inner.newFileChannel(real(path), options, attributes));
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(Path folder, DirectoryStream.Filter<? super Path> filter)
            throws IOException {
        DirectoryStream<Path> stream = disturbed(
                Operation.LIST,
                folder,
                () -> inner.newDirectoryStream(real(folder), entry -> filter.accept(fileSystem.wrap(entry))));
        return new DirectoryStream<>() {
            @Override
            public Iterator<Path> iterator() {
                Iterator<Path> entries = stream.iterator();
                return new Iterator<>() {
                    @Override
                    public boolean hasNext() {
                        return entries.hasNext();
                    }

                    @Override
                    public Path next() {
                        return fileSystem.wrap(entries.next());
                    }
                };
            }

            @Override
            public void close() throws IOException {
                stream.close();
            }
        };
    }

    @Override
    public void createDirectory(Path folder, FileAttribute<?>... attributes) throws IOException {
        disturbed(Operation.MAKE_FOLDER, folder, () -> {
            inner.createDirectory(real(folder), attributes);
            return folder;
        });
    }

    @Override
    public void createSymbolicLink(Path link, Path target, FileAttribute<?>... attributes) throws IOException {
        inner.createSymbolicLink(real(link), DisturbedFileSystem.real(target), attributes);
    }

    @Override
    public void createLink(Path link, Path existing) throws IOException {
        disturbed(Operation.LINK, link, () -> {
            inner.createLink(real(link), real(existing));
            return link;
        });
    }

    @Override
    public Path readSymbolicLink(Path link) throws IOException {
        return fileSystem.wrap(inner.readSymbolicLink(real(link)));
    }

    @Override
    public void delete(Path path) throws IOException {
        disturbed(Operation.DELETE, path, () -> {
            inner.delete(real(path));
            return path;
        });
    }

    @Override
    public void copy(Path source, Path target, CopyOption... options) throws IOException {
        disturbed(Operation.OPEN, target, () -> {
            inner.copy(real(source), real(target), options);
            return target;
        });
    }

    @Override
    public void move(Path source, Path target, CopyOption... options) throws IOException {
        disturbed(Operation.MOVE, target, () -> {
            inner.move(real(source), real(target), options);
            return target;
        });
    }

    @Override
    public boolean isSameFile(Path path, Path other) throws IOException {
        return disturbed(Operation.LOOK, path, () -> inner.isSameFile(real(path), real(other)));
    }

    @Override
    public boolean isHidden(Path path) throws IOException {
        return inner.isHidden(real(path));
    }

    @Override
    public FileStore getFileStore(Path path) throws IOException {
        return inner.getFileStore(real(path));
    }

    @Override
    public void checkAccess(Path path, AccessMode... modes) throws IOException {
        disturbed(Operation.LOOK, path, () -> {
            inner.checkAccess(real(path), modes);
            return path;
        });
    }

    @Override
    public <V extends FileAttributeView> @Nullable V getFileAttributeView(
            Path path, Class<V> type, LinkOption... options) {
        return inner.getFileAttributeView(real(path), type, options);
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options)
            throws IOException {
        return disturbed(
                Operation.LOOK,
                path,
                () -> type.cast(disturbance.seen(real(path), inner.readAttributes(real(path), type, options))));
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options) throws IOException {
        return disturbed(Operation.LOOK, path, () -> inner.readAttributes(real(path), attributes, options));
    }

    @Override
    public void setAttribute(Path path, String attribute, Object value, LinkOption... options) throws IOException {
        inner.setAttribute(real(path), attribute, value, options);
    }
}
