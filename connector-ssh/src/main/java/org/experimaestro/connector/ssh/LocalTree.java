package org.experimaestro.connector.ssh;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.experimaestro.base.file.BoundedFile;
import org.experimaestro.core.file.AtomicFile;
import org.experimaestro.spi.RefusedException;
import org.experimaestro.workspace.JobFiles;

/**
 * The entries of a workspace to be sent: files, folders, and links. No link is followed. Otherwise, a user who may
 * write in the workspace, or a host whose files were fetched, could have private files sent. Confined to one thread.
 */
final class LocalTree {
    private final Path root;
    private final Path real;
    private final LinkText there;
    private final Map<String, Entry> entries = new TreeMap<>();

    private LocalTree(Path root, LinkText there) throws IOException {
        this.root = root;
        this.real = root.toRealPath();
        this.there = there;
    }

    /** The texts on the host of links that lead to files of the workspace by an absolute path. */
    @FunctionalInterface
    interface LinkText {

        /**
         * Returns the text of a link.
         *
         * @param link the link here
         * @param target the file here to which it leads, an absolute path
         */
        String of(Path link, Path target);
    }

    /** An entry that must exist on the host. */
    sealed interface Entry {

        /**
         * A file.
         *
         * @param root the workspace, by its real path
         * @param permissions such as {@code 0644}
         */
        record Content(Path file, Path root, long size, long modified, int permissions) implements Entry {

            /**
             * Opens the file.
             *
             * @throws IOException if it cannot be opened, has become something else, or is reached through a link
             *     that leads out of the workspace
             */
            InputStream open() throws IOException {
                InputStream stream = BoundedFile.open(file);
                if (!isInside(file, root)) {
                    stream.close();
                    throw new IOException(file + ": its folder leads out of the workspace, by a link");
                }
                return stream;
            }
        }

        /** A link, with its target on the host. */
        record Link(String target) implements Entry {}

        /** A folder. */
        record Folder() implements Entry {}
    }

    /**
     * Returns the entries of files and folders with all their content.
     *
     * @param root the workspace here
     * @param there returns the text of a link on the host
     * @param paths absolute paths in it
     * @return entries by their paths relative to the root, in order
     * @throws RefusedException if an entry cannot be sent
     * @throws IOException if a file cannot be read
     */
    static Map<String, Entry> of(Path root, LinkText there, Collection<Path> paths)
            throws RefusedException, IOException {
        LocalTree tree = new LocalTree(root, there);
        for (Path path : paths) {
            Path normal = path.normalize();
            if (!normal.startsWith(root)) {
                throw new IllegalArgumentException(path + " is not in the workspace " + root);
            }
            tree.add(normal);
        }
        for (String path : tree.entries.keySet()) {
            if (path.indexOf('\n') >= 0) {
                throw new RefusedException(
                        "A file cannot be sent to another host, since there is a line end in its name: \""
                                + path.replace("\n", "\\n") + "\" in " + root);
            }
        }
        return tree.entries;
    }

    private void add(Path path) throws RefusedException, IOException {
        try {
            if (!path.equals(root) && !isInside(path, real)) {
                throw new RefusedException(
                        "Cannot send " + path + ": its folder leads out of the workspace, by a link");
            }
            Files.walkFileTree(path, new Visitor(path));
        } catch (NoSuchFileException vanished) {
            if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                throw new RefusedException("Cannot send " + path + ": it is not there");
            }
            throw vanished;
        }
    }

    private static boolean isInside(Path file, Path root) throws IOException {
        return file.resolveSibling("").toRealPath().startsWith(root);
    }

    private String relative(Path path) {
        return root.relativize(path).toString().replace(File.separatorChar, '/');
    }

    private final class Visitor extends SimpleFileVisitor<Path> {
        private final Path start;

        private Visitor(Path start) {
            this.start = start;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            if (JobFiles.isLeftBehind(relative(folder))) {
                return FileVisitResult.SKIP_SUBTREE;
            }
            entries.put(relative(folder), new Entry.Folder());
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            if (file.getFileName().toString().startsWith(AtomicFile.TEMPORARY)) {
                return FileVisitResult.CONTINUE;
            }
            if (attributes.isSymbolicLink()) {
                addLink(file);
            } else if (attributes.isRegularFile()) {
                addContent(file, attributes);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (failure instanceof NoSuchFileException && !file.equals(start)) {
                // It was deleted after its folder was read.
                return FileVisitResult.CONTINUE;
            }
            throw failure;
        }
    }

    private void addLink(Path link) throws IOException {
        Path target;
        try {
            target = Files.readSymbolicLink(link);
        } catch (NoSuchFileException | NotLinkException vanished) {
            return; // it was deleted after its folder was read, or is being rewritten
        }
        Path absolute = link.resolveSibling(target).normalize();
        boolean isInside = absolute.startsWith(root);
        // Outside the workspace, the target on the host is the file with the same path.
        String text = isInside && !target.isAbsolute()
                ? target.toString()
                : isInside ? there.of(link, absolute) : absolute.toString();
        entries.put(relative(link), new Entry.Link(text));
    }

    private void addContent(Path file, BasicFileAttributes attributes) throws IOException {
        Set<PosixFilePermission> permissions;
        try {
            permissions = Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException vanished) {
            return;
        }
        entries.put(
                relative(file),
                new Entry.Content(
                        file,
                        real,
                        attributes.size(),
                        attributes.lastModifiedTime().toMillis(),
                        Permissions.bits(permissions)));
    }
}
