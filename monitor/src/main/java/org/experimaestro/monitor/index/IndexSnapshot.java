package org.experimaestro.monitor.index;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.experimaestro.WorkspaceException;
import org.experimaestro.base.file.BoundedFile;
import org.experimaestro.base.file.CheckedFolder;
import org.experimaestro.core.file.AtomicFile;
import org.experimaestro.core.file.UserFolder;
import org.experimaestro.core.host.HostIdentity;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.model.identity.Md5;
import org.experimaestro.workspace.Workspace;

/**
 * The copy of an index in the user's cache. Only an optimization: one that is missing, damaged, of another workspace or another
 * machine, or of another version of its format, is none. What is in it counts only for a folder whose stamp is the same. Its
 * folder is this user's alone, since a job that it calls done is shown as done. Thread-safe, also between processes.
 */
final class IndexSnapshot {
    /** To be raised with each change of what is written. */
    private static final int FORMAT = 2;

    private static final int MAGIC = 0x58504D49;
    private static final int MOST_BYTES = 512 << 20;
    private static final String SUFFIX = ".bin";
    private static final Duration LIFE = Duration.ofDays(60);
    private static final int CHECK_BYTES = Long.BYTES;

    private static final System.Logger LOGGER = System.getLogger(IndexSnapshot.class.getName());

    private final CheckedFolder folder;
    private final Path file;
    /** The workspace and the machine: paths mean other files elsewhere, and another folder may have taken the place. */
    private final String owner;

    /**
     * What an earlier process has read.
     *
     * @param jobs by their names
     * @param runs by the names of experiment and run, joined by a slash
     */
    record Content(Map<String, IndexedJob> jobs, Map<String, IndexedRun> runs) {
        static final Content NONE = new Content(Map.of(), Map.of());
    }

    /**
     * A copy.
     *
     * @param cache the folder that holds the folder of copies
     */
    IndexSnapshot(Path cache, Workspace workspace) throws IOException {
        HostIdentity host = HostIdentity.current();
        String machine = host.machine().isEmpty() ? host.name() : host.machine();
        Path root = workspace.root();
        Object key = Files.readAttributes(root, BasicFileAttributes.class).fileKey();
        this.owner = machine + "\n" + root + "\n" + key;
        this.folder = new CheckedFolder(cache, "index");
        byte[] name = (machine + "\n" + root).getBytes(StandardCharsets.UTF_8);
        this.file = cache.resolve("index").resolve(Md5.of(name, name.length) + SUFFIX);
    }

    /** The copy of this user on this machine; empty where there is no place for it. */
    static Optional<IndexSnapshot> inCache(Workspace workspace) {
        try {
            return Optional.of(new IndexSnapshot(UserFolder.CACHE.path(), workspace));
        } catch (WorkspaceException | InvalidPathException | IOException none) {
            LOGGER.log(System.Logger.Level.DEBUG, "The index is not stored", none);
            return Optional.empty();
        }
    }

    /** The file, for tests. */
    Path file() {
        return file;
    }

    /** Reads the copy; nothing if there is none that can be believed. */
    Content read() {
        try {
            if (!Files.exists(file)) {
                return Content.NONE;
            }
            folder.make();
            byte[] bytes = BoundedFile.read(file, MOST_BYTES);
            if (bytes.length <= CHECK_BYTES) {
                return Content.NONE;
            }
            SnapshotReader in = new SnapshotReader(bytes, bytes.length - CHECK_BYTES);
            SnapshotReader check = new SnapshotReader(bytes, bytes.length).skipTo(bytes.length - CHECK_BYTES);
            if (check.number() != check(bytes, bytes.length - CHECK_BYTES)
                    || in.integer() != MAGIC
                    || in.integer() != FORMAT
                    || !in.text().equals(owner)) {
                return Content.NONE;
            }
            return in.content();
        } catch (IOException | BufferUnderflowException | IllegalArgumentException | JsonException unusable) {
            LOGGER.log(System.Logger.Level.DEBUG, "The copy of the index is not used", unusable);
            return Content.NONE;
        }
    }

    /** Writes the copy, in the place of an older one; false if that cannot be. */
    boolean write(Content content) {
        try {
            SnapshotWriter out = new SnapshotWriter();
            out.integer(MAGIC);
            out.integer(FORMAT);
            out.text(owner);
            out.content(content);
            out.number(check(out.bytes(), out.size()));
            if (out.size() > MOST_BYTES) {
                return false;
            }
            folder.make();
            AtomicFile.write(file, out.toByteArray());
            deleteOld();
            return true;
        } catch (IOException | IllegalArgumentException failed) {
            // The latter for a text that JSON can have, and that nobody can write as JSON.
            LOGGER.log(System.Logger.Level.DEBUG, "The index is not stored", failed);
            return false;
        }
    }

    /** Copies of workspaces that are not looked at any longer, or not there. */
    private void deleteOld() throws IOException {
        FileTime oldest = FileTime.from(Instant.now().minus(LIFE));
        try (DirectoryStream<Path> copies = Files.newDirectoryStream(file.resolveSibling(""), "*" + SUFFIX)) {
            for (Path copy : copies) {
                if (Files.getLastModifiedTime(copy, LinkOption.NOFOLLOW_LINKS).compareTo(oldest) < 0) {
                    Files.deleteIfExists(copy);
                }
            }
        }
    }

    /** Tells a file that was cut or damaged; against other users there are the permissions of the folder. */
    private static long check(byte[] bytes, int length) {
        CRC32C check = new CRC32C();
        check.update(bytes, 0, length);
        return check.getValue();
    }
}
