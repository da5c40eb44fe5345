package org.experimaestro.copy;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.experimaestro.base.file.Digests;
import org.experimaestro.core.file.AtomicFile;
import org.experimaestro.core.file.RememberedDigests;
import org.experimaestro.spi.FolderEntry;
import org.experimaestro.workspace.Failures;
import org.experimaestro.workspace.JobFiles;

/** A lister of the files below a folder of this machine. It follows no link but that of a part itself. Thread-safe. */
final class FolderLister {
    private final Path root;
    private final boolean isRemembered;

    /**
     * Creates a lister.
     *
     * @param root the folder
     * @param isRemembered whether the digest of a file is remembered while its size, times and inode are the same;
     *     otherwise each file is read
     */
    FolderLister(Path root, boolean isRemembered) {
        this.root = root;
        this.isRemembered = isRemembered;
    }

    /**
     * Lists a part.
     *
     * @param part the part
     * @return its entries, by path relative to the folder; empty if it is not there
     */
    SortedMap<String, FolderEntry> list(CopyPart part) {
        SortedMap<String, FolderEntry> entries = new TreeMap<>();
        Path start = root.resolve(part.path());
        try {
            // A user may have a job on another disk, behind a link of its folder.
            Path real = !part.isFile() && Files.isSymbolicLink(start) ? start.toRealPath() : start;
            Files.walkFileTree(real, new Visitor(part, real, entries));
        } catch (NoSuchFileException vanished) {
            return entries;
        } catch (IOException failed) {
            entries.put(part.path(), strange(failed));
        }
        return entries;
    }

    private static FolderEntry strange(IOException failed) {
        return new FolderEntry.Strange("cannot be read: " + Failures.reason(failed));
    }

    private final class Visitor extends SimpleFileVisitor<Path> {
        private final CopyPart part;
        private final Path start;
        private final SortedMap<String, FolderEntry> entries;

        Visitor(CopyPart part, Path start, SortedMap<String, FolderEntry> entries) {
            this.part = part;
            this.start = start;
            this.entries = entries;
        }

        private String path(Path file) {
            String rest = start.relativize(file).toString().replace(File.separatorChar, '/');
            return rest.isEmpty() ? part.path() : part.path() + "/" + rest;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            String path = path(folder);
            if (JobFiles.isLeftBehind(path) || part.isLeftOut(path)) {
                return FileVisitResult.SKIP_SUBTREE;
            }
            entries.put(path, new FolderEntry.Folder());
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (!AtomicFile.isTemporary(file.getFileName().toString())) {
                entries.put(path(file), entry(file, attributes));
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (failure instanceof NoSuchFileException) {
                if (file.equals(start)) {
                    throw failure;
                }
            } else {
                entries.put(path(file), strange(failure));
            }
            return FileVisitResult.CONTINUE;
        }
    }

    private FolderEntry entry(Path file, BasicFileAttributes attributes) {
        try {
            if (attributes.isSymbolicLink()) {
                return new FolderEntry.Link(target(file));
            }
            return attributes.isRegularFile()
                    ? content(file, attributes)
                    : new FolderEntry.Strange("is a pipe, a socket or a device");
        } catch (IOException failed) {
            return strange(failed);
        }
    }

    /** Returns the text of a link. One to a file of this workspace by its absolute path becomes relative. */
    private String target(Path link) throws IOException {
        Path target = Files.readSymbolicLink(link);
        return target.isAbsolute() && target.normalize().startsWith(root) && link.startsWith(root)
                ? link.resolveSibling("").relativize(target.normalize()).toString()
                : target.toString();
    }

    private FolderEntry.Content content(Path file, BasicFileAttributes attributes) throws IOException {
        byte[] digest = isRemembered ? RememberedDigests.sha256().of(file) : Digests.read(file, Digests.newSha256());
        return new FolderEntry.Content(
                attributes.size(),
                HexFormat.of().formatHex(digest),
                isExecutable(file),
                attributes.lastModifiedTime().to(TimeUnit.SECONDS));
    }

    private static boolean isExecutable(Path file) throws IOException {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                && Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS)
                        .contains(PosixFilePermission.OWNER_EXECUTE);
    }
}
