package org.experimaestro.connector.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.experimaestro.base.file.BoundedFile;
import org.experimaestro.base.file.FileName;
import org.experimaestro.core.file.AtomicFile;
import org.experimaestro.workspace.JobFiles;

/**
 * A store of fetched files in a workspace. Each file is written under another name, and then renamed. Markers wait
 * until they are {@link #release}d, and are otherwise dropped. Confined to one thread at a time.
 */
final class FetchedFiles implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    /** The time by which a host's own files may be ahead of its clock: the same as for a process of another host. */
    private static final long MOST_AHEAD_SECONDS = 180;

    private final Places places;
    private final RefusedFiles refusals;
    private final Set<String> received = new HashSet<>();
    private final Set<String> refused = new HashSet<>();
    private final Map<String, Path> markers = new HashMap<>();
    private final Map<String, String> links = new HashMap<>();

    /**
     * Creates a store.
     *
     * @param places the local paths of the files
     * @param refusals receives the files without a place
     */
    FetchedFiles(Places places, RefusedFiles refusals) {
        this.places = places;
        this.refusals = refusals;
    }

    /** Returns the paths of files that have arrived. */
    Set<String> received() {
        return received;
    }

    /** Returns the paths of files that have arrived and were refused. */
    Set<String> refused() {
        return refused;
    }

    /**
     * Stores the entries of an archive. For each, no more bytes are stored than were listed. It gets the listed
     * permissions and time.
     *
     * @param stream an archive in the tar format
     * @param expected the listed files, by path; other files are ignored
     * @return the number of files that were stored
     * @throws StorageException if a file cannot be stored here, or the host sends far more than it has listed
     * @throws IOException if the archive cannot be read
     */
    int store(InputStream stream, Map<String, HostFiles.Found> expected) throws IOException {
        new HostArchive(stream, expected).read((found, entry, content) -> {
            if (received.contains(found.path())) {
                return;
            }
            try {
                store(found, entry, content);
                received.add(found.path());
            } catch (RefusedFileException problem) {
                refusals.add(found.path(), problem);
                refused.add(found.path());
            }
        });
        return received.size();
    }

    private void store(HostFiles.Found found, TarArchiveEntry entry, InputStream stream) throws IOException {
        String path = found.path();
        Path target = place(path);
        Path temporary = target.resolveSibling(AtomicFile.TEMPORARY + UUID.randomUUID());
        boolean kept = false;
        try {
            String first = HostArchive.plain(entry.getLinkName());
            if (entry.isSymbolicLink()) {
                link(path, temporary, entry.getLinkName());
            } else if (!entry.isLink()) {
                write(stream, temporary, found.size());
                finish(temporary, found);
            } else if (links.containsKey(first)) {
                link(path, temporary, links.get(first));
            } else if (found.isFile() && received.contains(first)) {
                // The archive has the file once, under its first name.
                try (InputStream content = open(markers.getOrDefault(first, place(first)))) {
                    write(content, temporary, found.size());
                }
                finish(temporary, found);
            } else {
                throw new RefusedFileException("is another name of " + first + ", which was not stored");
            }
            kept = keep(path, temporary, target);
        } finally {
            if (!kept) {
                Files.deleteIfExists(temporary);
            }
        }
    }

    /** Returns the local path of a file, and makes its folder. */
    private Path place(String path) throws RefusedFileException, StorageException {
        try {
            return places.prepare(path);
        } catch (RefusedFileException refused) {
            throw refused;
        } catch (IOException failed) {
            throw new StorageException(failed);
        }
    }

    private void link(String path, Path temporary, String text) throws RefusedFileException, StorageException {
        try {
            if (JobFiles.isOwn(path)) {
                throw new RefusedFileException("is a link in the place of a file of ours");
            }
            Files.createSymbolicLink(temporary, places.target(path, text));
            links.put(path, text);
        } catch (RefusedFileException refused) {
            throw refused;
        } catch (IOException failed) {
            throw new StorageException(failed);
        }
    }

    private static InputStream open(Path stored) throws StorageException {
        try {
            return BoundedFile.open(stored);
        } catch (IOException failed) {
            throw new StorageException(failed);
        }
    }

    private static void write(InputStream stream, Path temporary, long size) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long left = size;
        try (OutputStream file = create(temporary)) {
            while (left > 0) {
                int count = stream.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (count < 0) {
                    return;
                }
                left -= count;
                try {
                    file.write(buffer, 0, count);
                } catch (IOException failed) {
                    throw new StorageException(failed);
                }
            }
        }
    }

    private static OutputStream create(Path temporary) throws StorageException {
        try {
            return Files.newOutputStream(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (IOException failed) {
            throw new StorageException(failed);
        }
    }

    private static void finish(Path temporary, HostFiles.Found found) throws StorageException {
        try {
            Files.setPosixFilePermissions(temporary, Permissions.ofFetched(found.permissions()));
            Files.setLastModifiedTime(temporary, FileTime.from(found.modified(), TimeUnit.SECONDS));
        } catch (IOException failed) {
            throw new StorageException(failed);
        }
    }

    private boolean keep(String path, Path temporary, Path target) throws RefusedFileException, StorageException {
        if (JobFiles.isMarker(path)) {
            markers.put(path, temporary);
            return true;
        }
        if (Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new RefusedFileException("is a file there, and a folder here");
        }
        try {
            FileName.replace(temporary, target);
            return true;
        } catch (IOException failed) {
            throw new StorageException(failed);
        }
    }

    /**
     * Moves a marker to its place, unless a marker exists there: a marker is never replaced.
     *
     * @param path of a marker that may have arrived
     * @throws IOException if it cannot be stored
     */
    void release(String path) throws IOException {
        Path temporary = markers.get(path);
        if (temporary == null) {
            return;
        }
        if (!FileName.take(temporary, places.prepare(path))) {
            received.remove(path);
        }
    }

    /** Deletes the markers that were not released. */
    @Override
    public void close() throws IOException {
        for (Path temporary : markers.values()) {
            Files.deleteIfExists(temporary);
        }
    }

    /**
     * Gives a file an age.
     *
     * @param file a file, which may have been deleted; links and folders get no age
     * @param seconds the time since its last change. A change that lies minutes in the future gives no age: it would
     *     be new at each fetch, and show a process as alive until then.
     */
    static void renew(Path file, long seconds) throws IOException {
        if (seconds < -MOST_AHEAD_SECONDS) {
            return;
        }
        Instant now = Instant.now();
        Instant time = now.minus(Duration.ofSeconds(Math.max(seconds, 0)));
        try {
            // The time only advances: a process that was seen alive does not become older because a clock has only
            // whole seconds. A time in the future comes from a host whose clock is ahead.
            BasicFileAttributes found =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            Instant known = found.lastModifiedTime().toInstant();
            if (found.isRegularFile() && (known.isBefore(time) || known.isAfter(now))) {
                Files.setLastModifiedTime(file, FileTime.from(time));
            }
        } catch (NoSuchFileException vanished) {
            // A deleted file needs no age.
        }
    }
}
