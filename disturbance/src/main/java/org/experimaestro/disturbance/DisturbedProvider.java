package org.experimaestro.disturbance;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
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

/** Does what the default file system does, with a disturbance before and after it. */
final class DisturbedProvider extends FileSystemProvider {
    private static final FileSystemProvider REAL = FileSystems.getDefault().provider();

    private final DisturbedFileSystem fileSystem;
    private final Disturbance disturbance;

    DisturbedProvider(DisturbedFileSystem fileSystem, Disturbance disturbance) {
        this.fileSystem = fileSystem;
        this.disturbance = disturbance;
    }

    private interface Call<T> {
        T make() throws IOException;
    }

    private <T> T disturbed(Operation operation, Path path, Call<T> call) throws IOException {
        Path real = DisturbedFileSystem.real(path);
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

    private static Path real(Path path) {
        return DisturbedFileSystem.real(path);
    }

    @Override
    public String getScheme() {
        return "disturbed";
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
        throw new UnsupportedOperationException();
    }

    @Override
    public SeekableByteChannel newByteChannel(
            Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
        return disturbed(Operation.OPEN, path, () -> REAL.newByteChannel(real(path), options, attributes));
    }

    @Override
    public FileChannel newFileChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
            throws IOException {
        return disturbed(Operation.OPEN, path, () -> REAL.newFileChannel(real(path), options, attributes));
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(Path folder, DirectoryStream.Filter<? super Path> filter)
            throws IOException {
        DirectoryStream<Path> stream = disturbed(
                Operation.LIST,
                folder,
                () -> REAL.newDirectoryStream(real(folder), entry -> filter.accept(fileSystem.wrap(entry))));
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
            REAL.createDirectory(real(folder), attributes);
            return folder;
        });
    }

    @Override
    public void createSymbolicLink(Path link, Path target, FileAttribute<?>... attributes) throws IOException {
        REAL.createSymbolicLink(real(link), real(target), attributes);
    }

    @Override
    public void createLink(Path link, Path existing) throws IOException {
        disturbed(Operation.LINK, link, () -> {
            REAL.createLink(real(link), real(existing));
            return link;
        });
    }

    @Override
    public Path readSymbolicLink(Path link) throws IOException {
        return fileSystem.wrap(REAL.readSymbolicLink(real(link)));
    }

    @Override
    public void delete(Path path) throws IOException {
        disturbed(Operation.DELETE, path, () -> {
            REAL.delete(real(path));
            return path;
        });
    }

    @Override
    public void copy(Path source, Path target, CopyOption... options) throws IOException {
        disturbed(Operation.OPEN, target, () -> {
            REAL.copy(real(source), real(target), options);
            return target;
        });
    }

    @Override
    public void move(Path source, Path target, CopyOption... options) throws IOException {
        disturbed(Operation.MOVE, target, () -> {
            REAL.move(real(source), real(target), options);
            return target;
        });
    }

    @Override
    public boolean isSameFile(Path path, Path other) throws IOException {
        return disturbed(Operation.LOOK, path, () -> REAL.isSameFile(real(path), real(other)));
    }

    @Override
    public boolean isHidden(Path path) throws IOException {
        return REAL.isHidden(real(path));
    }

    @Override
    public FileStore getFileStore(Path path) throws IOException {
        return REAL.getFileStore(real(path));
    }

    @Override
    public void checkAccess(Path path, AccessMode... modes) throws IOException {
        disturbed(Operation.LOOK, path, () -> {
            REAL.checkAccess(real(path), modes);
            return path;
        });
    }

    @Override
    public <V extends FileAttributeView> @Nullable V getFileAttributeView(
            Path path, Class<V> type, LinkOption... options) {
        return REAL.getFileAttributeView(real(path), type, options);
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options)
            throws IOException {
        return disturbed(Operation.LOOK, path, () -> REAL.readAttributes(real(path), type, options));
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options) throws IOException {
        return disturbed(Operation.LOOK, path, () -> REAL.readAttributes(real(path), attributes, options));
    }

    @Override
    public void setAttribute(Path path, String attribute, Object value, LinkOption... options) throws IOException {
        REAL.setAttribute(real(path), attribute, value, options);
    }
}
