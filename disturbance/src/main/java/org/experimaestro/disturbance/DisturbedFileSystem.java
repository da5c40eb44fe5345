package org.experimaestro.disturbance;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.Set;

/** The default file system, with a disturbance. What code under test does with a path of it, and all paths made from it, is disturbed. */
public final class DisturbedFileSystem extends FileSystem {
    private static final FileSystem REAL = FileSystems.getDefault();

    private final DisturbedProvider provider;

    private DisturbedFileSystem(Disturbance disturbance) {
        this.provider = new DisturbedProvider(this, disturbance);
    }

    /**
     * The same place, disturbed.
     *
     * @param path a path of the default file system
     * @param disturbance what happens
     * @return a path to give to the code under test
     */
    public static Path disturb(Path path, Disturbance disturbance) {
        return new DisturbedFileSystem(disturbance).wrap(path);
    }

    Path wrap(Path path) {
        return new DisturbedPath(this, path);
    }

    static Path real(Path path) {
        return path instanceof DisturbedPath disturbed ? disturbed.real() : path;
    }

    @Override
    public FileSystemProvider provider() {
        return provider;
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public boolean isReadOnly() {
        return false;
    }

    @Override
    public String getSeparator() {
        return REAL.getSeparator();
    }

    @Override
    public Iterable<Path> getRootDirectories() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Iterable<FileStore> getFileStores() {
        return REAL.getFileStores();
    }

    @Override
    public Set<String> supportedFileAttributeViews() {
        return REAL.supportedFileAttributeViews();
    }

    @Override
    public Path getPath(String first, String... more) {
        return wrap(REAL.getPath(first, more));
    }

    @Override
    public PathMatcher getPathMatcher(String syntaxAndPattern) {
        PathMatcher matcher = REAL.getPathMatcher(syntaxAndPattern);
        return path -> matcher.matches(real(path));
    }

    @Override
    public UserPrincipalLookupService getUserPrincipalLookupService() {
        return REAL.getUserPrincipalLookupService();
    }

    @Override
    public WatchService newWatchService() throws IOException {
        throw new UnsupportedOperationException();
    }
}
