package org.experimaestro.disturbance;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A file system with a disturbance. What code under test does with a path of it, and all paths made from it, is disturbed. */
public final class DisturbedFileSystem extends FileSystem {
    private final FileSystem real;
    private final DisturbedProvider provider;

    private DisturbedFileSystem(FileSystem real, Disturbance disturbance) {
        this.real = real;
        this.provider = new DisturbedFolderProvider(this, real.provider(), disturbance);
    }

    /** Creates the file system of a provider that exists, such as the default one of a process. */
    DisturbedFileSystem(FileSystem real, DisturbedProvider provider) {
        this.real = real;
        this.provider = provider;
    }

    /**
     * The same place, disturbed.
     *
     * @param path a path of the default file system
     * @param disturbance what happens
     * @return a path to give to the code under test
     */
    public static Path disturb(Path path, Disturbance disturbance) {
        return new DisturbedFileSystem(path.getFileSystem(), disturbance).wrap(path);
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
        return real.getSeparator();
    }

    @Override
    public Iterable<Path> getRootDirectories() {
        List<Path> roots = new ArrayList<>();
        real.getRootDirectories().forEach(root -> roots.add(wrap(root)));
        return roots;
    }

    @Override
    public Iterable<FileStore> getFileStores() {
        return real.getFileStores();
    }

    @Override
    public Set<String> supportedFileAttributeViews() {
        return real.supportedFileAttributeViews();
    }

    @Override
    public Path getPath(String first, String... more) {
        return wrap(real.getPath(first, more));
    }

    @Override
    public PathMatcher getPathMatcher(String syntaxAndPattern) {
        PathMatcher matcher = real.getPathMatcher(syntaxAndPattern);
        return path -> matcher.matches(DisturbedFileSystem.real(path));
    }

    @Override
    public UserPrincipalLookupService getUserPrincipalLookupService() {
        return real.getUserPrincipalLookupService();
    }

    @Override
    public WatchService newWatchService() throws IOException {
        return real.newWatchService();
    }
}
