package org.experimaestro.model.root;

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

/** The file system of paths below named roots. It delegates to the default file system. Thread-safe. */
final class RootedFileSystem extends FileSystem {
    static final RootedFileSystem INSTANCE = new RootedFileSystem();

    private final FileSystem files = FileSystems.getDefault();
    private final FileSystemProvider provider = new RootedFileSystemProvider(this);

    private RootedFileSystem() {}

    @Override
    public FileSystemProvider provider() {
        return provider;
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException("The file system of named roots cannot be closed");
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public boolean isReadOnly() {
        return files.isReadOnly();
    }

    @Override
    public String getSeparator() {
        return files.getSeparator();
    }

    @Override
    public Iterable<Path> getRootDirectories() {
        return files.getRootDirectories();
    }

    @Override
    public Iterable<FileStore> getFileStores() {
        return files.getFileStores();
    }

    @Override
    public Set<String> supportedFileAttributeViews() {
        return files.supportedFileAttributeViews();
    }

    @Override
    public Path getPath(String first, String... more) {
        return files.getPath(first, more);
    }

    @Override
    public PathMatcher getPathMatcher(String syntaxAndPattern) {
        PathMatcher matcher = files.getPathMatcher(syntaxAndPattern);
        return path -> matcher.matches(RootedPath.plain(path));
    }

    @Override
    public UserPrincipalLookupService getUserPrincipalLookupService() {
        return files.getUserPrincipalLookupService();
    }

    @Override
    public WatchService newWatchService() throws IOException {
        return files.newWatchService();
    }
}
