package org.experimaestro.disturbance;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import org.jspecify.annotations.Nullable;

/** A path of the disturbed file system. */
final class DisturbedPath implements Path {
    private final DisturbedFileSystem fileSystem;
    private final Path real;

    DisturbedPath(DisturbedFileSystem fileSystem, Path real) {
        this.fileSystem = fileSystem;
        this.real = real;
    }

    Path real() {
        return real;
    }

    private Path wrap(Path path) {
        return fileSystem.wrap(path);
    }

    private @Nullable Path wrapNullable(@Nullable Path path) {
        return path == null ? null : fileSystem.wrap(path);
    }

    @Override
    public FileSystem getFileSystem() {
        return fileSystem;
    }

    @Override
    public boolean isAbsolute() {
        return real.isAbsolute();
    }

    @Override
    public @Nullable Path getRoot() {
        return wrapNullable(real.getRoot());
    }

    @Override
    public @Nullable Path getFileName() {
        return wrapNullable(real.getFileName());
    }

    @Override
    public @Nullable Path getParent() {
        return wrapNullable(real.getParent());
    }

    @Override
    public int getNameCount() {
        return real.getNameCount();
    }

    @Override
    public Path getName(int index) {
        return wrap(real.getName(index));
    }

    @Override
    public Path subpath(int beginIndex, int endIndex) {
        return wrap(real.subpath(beginIndex, endIndex));
    }

    @Override
    public boolean startsWith(Path other) {
        return real.startsWith(DisturbedFileSystem.real(other));
    }

    @Override
    public boolean endsWith(Path other) {
        return real.endsWith(DisturbedFileSystem.real(other));
    }

    @Override
    public Path normalize() {
        return wrap(real.normalize());
    }

    @Override
    public Path resolve(Path other) {
        return wrap(real.resolve(DisturbedFileSystem.real(other)));
    }

    @Override
    public Path relativize(Path other) {
        return wrap(real.relativize(DisturbedFileSystem.real(other)));
    }

    @Override
    public URI toUri() {
        return real.toUri();
    }

    @Override
    public Path toAbsolutePath() {
        return wrap(real.toAbsolutePath());
    }

    @Override
    public Path toRealPath(LinkOption... options) throws IOException {
        return wrap(real.toRealPath(options));
    }

    @Override
    public File toFile() {
        return new File(real.toString()); // not toFile, which only the default file system has
    }

    @Override
    public WatchKey register(WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers)
            throws IOException {
        return real.register(watcher, events, modifiers);
    }

    @Override
    public int compareTo(Path other) {
        return real.compareTo(DisturbedFileSystem.real(other));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DisturbedPath path && real.equals(path.real);
    }

    @Override
    public int hashCode() {
        return real.hashCode();
    }

    @Override
    public String toString() {
        return real.toString();
    }
}
