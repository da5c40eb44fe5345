package org.experimaestro.connector.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.experimaestro.internal.file.FileName;

/**
 * Stores fetched files in a workspace. Each is written under another name, and then renamed; markers wait until they are
 * {@link #release}d, and are dropped if they are not. Confined to one thread at a time.
 */
final class FetchedFiles implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final Path here;
    private final String there;
    private final Set<String> received = new HashSet<>();
    private final Map<String, Path> markers = new HashMap<>();
    private final Set<Path> inside = new HashSet<>();

    FetchedFiles(Path here, String there) {
        this.here = here;
        this.there = there;
    }

    /** Paths of what has arrived. */
    Set<String> received() {
        return received;
    }

    /**
     * Stores the entries of an archive.
     *
     * @param stream an archive in the tar format
     * @param expected paths; entries with others are left out
     * @return how many were stored
     * @throws StorageException if one cannot be stored here
     * @throws IOException if the archive cannot be read
     */
    int store(InputStream stream, Set<String> expected) throws IOException {
        TarArchiveInputStream tar = new TarArchiveInputStream(stream, StandardCharsets.UTF_8.name());
        for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            String path = plain(entry.getName());
            if (expected.contains(path)) {
                store(path, entry, tar);
                received.add(path);
            }
        }
        return received.size();
    }

    private static String plain(String name) {
        return name.startsWith("./") ? name.substring(2) : name;
    }

    private void store(String path, TarArchiveEntry entry, InputStream stream) throws IOException {
        Path target = here.resolve(path).normalize();
        Path folder = folderOf(target);
        Path temporary = folder.resolve(LocalTree.TEMPORARY + UUID.randomUUID());
        boolean kept = false;
        try {
            if (entry.isSymbolicLink()) {
                link(temporary, entry.getLinkName());
            } else if (entry.isLink()) {
                // The archive has the file once, under its first name.
                copy(plain(entry.getLinkName()), temporary);
            } else {
                write(stream, temporary);
                finish(temporary, entry);
            }
            kept = keep(path, temporary, target);
        } finally {
            if (!kept) {
                Files.deleteIfExists(temporary);
            }
        }
    }

    /** The folder of a file, which is made; no link leads out of the workspace by it. */
    private Path folderOf(Path target) throws StorageException {
        Path folder = target.getParent();
        if (folder == null || !target.startsWith(here)) {
            throw new StorageException(new IOException(target + " is not in the workspace"));
        }
        if (inside.add(folder)) {
            try {
                createFolder(folder);
                if (!folder.toRealPath().startsWith(here.toRealPath())) {
                    throw new IOException(folder + " leads out of the workspace, by a link");
                }
            } catch (IOException failed) {
                throw new StorageException(failed);
            }
        }
        return folder;
    }

    private void link(Path temporary, String target) throws StorageException {
        String prefix = there + "/";
        String text = target.startsWith(prefix)
                ? here.resolve(target.substring(prefix.length())).toString()
                : target;
        try {
            Files.createSymbolicLink(temporary, Path.of(text));
        } catch (IOException failed) {
            throw new StorageException(failed);
        }
    }

    private void copy(String first, Path temporary) throws StorageException {
        Path waiting = markers.get(first);
        try {
            Files.copy(waiting == null ? here.resolve(first) : waiting, temporary, StandardCopyOption.COPY_ATTRIBUTES);
        } catch (IOException failed) {
            throw new StorageException(failed);
        }
    }

    private static void write(InputStream stream, Path temporary) throws IOException {
        byte[] buffer = new byte[BUFFER];
        try (OutputStream file = open(temporary)) {
            for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
                try {
                    file.write(buffer, 0, count);
                } catch (IOException failed) {
                    throw new StorageException(failed);
                }
            }
        }
    }

    private static OutputStream open(Path temporary) throws StorageException {
        try {
            return Files.newOutputStream(temporary);
        } catch (IOException failed) {
            throw new StorageException(failed);
        }
    }

    private static void finish(Path temporary, TarArchiveEntry entry) throws StorageException {
        try {
            Files.setPosixFilePermissions(temporary, Permissions.of(entry.getMode()));
            Files.setLastModifiedTime(temporary, entry.getLastModifiedTime());
        } catch (IOException failed) {
            throw new StorageException(failed);
        }
    }

    private boolean keep(String path, Path temporary, Path target) throws StorageException {
        if (JobFiles.isMarker(path)) {
            markers.put(path, temporary);
            return true;
        }
        try {
            FileName.replace(temporary, target);
            return true;
        } catch (IOException failed) {
            throw new StorageException(failed);
        }
    }

    /**
     * Puts a marker in its place, unless there is one: a marker is never replaced.
     *
     * @param path of a marker that may have arrived
     * @throws IOException if it cannot be stored
     */
    void release(String path) throws IOException {
        Path temporary = markers.get(path);
        if (temporary == null) {
            return;
        }
        if (!FileName.take(temporary, here.resolve(path))) {
            received.remove(path);
        }
    }

    /** Deletes what was not released. */
    @Override
    public void close() throws IOException {
        for (Path temporary : markers.values()) {
            Files.deleteIfExists(temporary);
        }
    }

    /**
     * Makes a folder, with those above it.
     *
     * @throws IOException if it cannot be made
     */
    static void createFolder(Path folder) throws IOException {
        // Not createDirectories alone: that refuses a link to a folder.
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder);
        }
    }

    /**
     * Gives a file an age.
     *
     * @param file a file, which may have vanished
     * @param seconds how long ago it was changed
     */
    static void renew(Path file, long seconds) throws IOException {
        Instant time = Instant.now().minus(Duration.ofSeconds(Math.max(seconds, 0)));
        try {
            // Only forward: what was seen alive does not become older because a clock has only whole seconds.
            if (Files.getLastModifiedTime(file).toInstant().isBefore(time)) {
                Files.setLastModifiedTime(file, FileTime.from(time));
            }
        } catch (NoSuchFileException vanished) {
            // Then it needs no age.
        }
    }
}
