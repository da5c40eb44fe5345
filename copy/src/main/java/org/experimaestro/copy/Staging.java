package org.experimaestro.copy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.experimaestro.WorkspaceException;
import org.experimaestro.base.file.Digests;
import org.experimaestro.base.file.Folders;
import org.experimaestro.core.file.AtomicFile;
import org.experimaestro.spi.FolderEntry;
import org.experimaestro.spi.UnreachableException;
import org.experimaestro.workspace.Failures;

/**
 * The folder in which parts are written before they get their places. A file that is there with the right content is not
 * written again, so a copy that was killed goes on. Links are made last, so that nothing is written through one. Confined
 * to one thread.
 */
public final class Staging {
    private static final int BUFFER = 1 << 16;

    private static final Map<PosixFilePermission, PosixFilePermission> EXECUTE_OF = Map.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_EXECUTE,
            PosixFilePermission.GROUP_READ, PosixFilePermission.GROUP_EXECUTE,
            PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_EXECUTE);

    private final Path folder;
    private final Set<Path> made = new HashSet<>();

    /**
     * Creates a staging.
     *
     * @param folder a folder of this user alone
     */
    public Staging(Path folder) {
        this.folder = folder;
    }

    /**
     * Writes what is missing, deletes what does not belong to the parts, and compares all by content.
     *
     * @param parts the parts
     * @param entries their entries
     * @param source the source of the content
     * @return the bytes that were written
     * @throws WorkspaceException if a file cannot be written, or has other content than was listed
     */
    public long stage(Collection<CopyPart> parts, SortedMap<String, FolderEntry> entries, CopySource source)
            throws UnreachableException, InterruptedException {
        try {
            made.clear();
            for (CopyPart part : parts) {
                place(part.path()); // which checks the path
                deleteOthers(part, entries);
            }
            Map<String, FolderEntry.Content> missing = new TreeMap<>();
            for (Map.Entry<String, FolderEntry> entry : entries.entrySet()) {
                Path place = place(entry.getKey());
                if (entry.getValue() instanceof FolderEntry.Folder) {
                    make(place);
                } else if (entry.getValue() instanceof FolderEntry.Content content && !isStaged(place, content)) {
                    missing.put(entry.getKey(), content);
                }
            }
            source.read(missing, (path, stream) -> write(path, Objects.requireNonNull(missing.get(path)), stream));
            for (Map.Entry<String, FolderEntry> entry : entries.entrySet()) {
                if (entry.getValue() instanceof FolderEntry.Link(String target)) {
                    Files.createSymbolicLink(place(entry.getKey()), Path.of(target));
                }
            }
            verify(parts, entries);
            return missing.values().stream()
                    .mapToLong(FolderEntry.Content::size)
                    .sum();
        } catch (IOException failed) {
            throw WorkspaceException.of("Cannot write the copy: " + Failures.reason(failed))
                    .at(folder.toString())
                    .advice("the same command goes on with what is copied")
                    .cause(failed)
                    .build();
        }
    }

    /** Deletes temporary files, links, and what is no entry of its kind. */
    private void deleteOthers(CopyPart part, SortedMap<String, FolderEntry> entries) throws IOException {
        Path start = folder.resolve(part.path());
        if (!Files.exists(start, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(start, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) throws IOException {
                return keep(visited, attributes) ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
            }

            @Override
            public FileVisitResult visitFile(Path visited, BasicFileAttributes attributes) throws IOException {
                keep(visited, attributes);
                return FileVisitResult.CONTINUE;
            }

            private boolean keep(Path visited, BasicFileAttributes found) throws IOException {
                FolderEntry expected = entries.get(folder.relativize(visited).toString());
                boolean isKept = found.isDirectory() && expected instanceof FolderEntry.Folder
                        || found.isRegularFile()
                                && expected instanceof FolderEntry.Content content
                                && content.size() == found.size();
                if (!isKept) {
                    Folders.delete(visited);
                }
                return isKept;
            }
        });
    }

    /** Returns the path of an entry, below real folders. */
    private Path place(String path) throws IOException {
        Path place = folder;
        String[] names = path.split("/", -1);
        for (int i = 0; i < names.length; i++) {
            String name = names[i];
            if (name.isEmpty() || name.equals(".") || name.equals("..") || name.indexOf('\0') >= 0) {
                throw new FileSystemException(path, null, "it is not the name of a file below a folder");
            }
            if (i > 0) {
                make(place);
            }
            place = place.resolve(name);
        }
        return place;
    }

    private void make(Path place) throws IOException {
        if (made.add(place)) {
            try {
                Files.createDirectory(place);
            } catch (FileAlreadyExistsException there) {
                if (!Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
                    throw there;
                }
            }
        }
    }

    /** Returns whether a file has been written before. Otherwise it is deleted. */
    private static boolean isStaged(Path file, FolderEntry.Content content) throws IOException {
        try {
            if (content.sha256().equals(HexFormat.of().formatHex(Digests.read(file, Digests.newSha256())))) {
                finish(file, content);
                return true;
            }
            Files.delete(file);
            return false;
        } catch (NoSuchFileException none) {
            return false;
        }
    }

    private void write(String path, FolderEntry.Content expected, InputStream stream) throws IOException {
        Path file = place(path);
        Path temporary = file.resolveSibling(AtomicFile.TEMPORARY + UUID.randomUUID());
        MessageDigest digest = Digests.newSha256();
        try {
            try (OutputStream out = new DigestOutputStream(
                    Files.newOutputStream(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    digest)) {
                transfer(stream, out, expected.size());
            }
            if (stream.read() >= 0 || !expected.sha256().equals(HexFormat.of().formatHex(digest.digest()))) {
                throw changed(path);
            }
            finish(temporary, expected);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static FileSystemException changed(String path) {
        return new FileSystemException(path, null, "it was changed while it was copied");
    }

    private static void transfer(InputStream stream, OutputStream out, long size) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long left = size;
        while (left > 0) {
            int count = stream.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (count < 0) {
                return; // it has become shorter, which its digest shows
            }
            out.write(buffer, 0, count);
            left -= count;
        }
    }

    /** Gives a file the time that it has at its source, and lets those execute it who can read it, as git(1) does. */
    private static void finish(Path file, FolderEntry.Content content) throws IOException {
        if (content.isExecutable()
                && file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
            for (PosixFilePermission permission : Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS)) {
                permissions.add(permission);
                if (EXECUTE_OF.containsKey(permission)) {
                    permissions.add(EXECUTE_OF.get(permission));
                }
            }
            Files.setPosixFilePermissions(file, permissions);
        }
        Files.setLastModifiedTime(file, FileTime.from(content.modified(), TimeUnit.SECONDS));
    }

    private void verify(Collection<CopyPart> parts, SortedMap<String, FolderEntry> entries) throws IOException {
        FolderLister lister = new FolderLister(folder, false);
        SortedMap<String, FolderEntry> found = new TreeMap<>();
        parts.forEach(part -> found.putAll(lister.list(part)));
        for (Map.Entry<String, FolderEntry> entry : entries.entrySet()) {
            FolderEntry written = found.remove(entry.getKey());
            if (written == null) {
                throw new FileSystemException(entry.getKey(), null, "it has disappeared while it was copied");
            }
            if (!written.hasContentOf(entry.getValue())) {
                throw new FileSystemException(entry.getKey(), null, "its copy has other content than it has itself");
            }
        }
        if (!found.isEmpty()) {
            throw changed(found.firstKey());
        }
    }
}
