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
import java.util.List;
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
 * A copy of an index in the user's cache, which makes opening the index faster. It is ignored if it is damaged, or if
 * it belongs to another workspace, machine or version of its format. An entry of it is used only while the stamp of its
 * folder is unchanged. Only this user may write in the copy's folder, because its states of jobs are shown as true.
 * Thread-safe, also between processes.
 */
final class IndexSnapshot {
    /** The version of the format, which each change of the written bytes must increase. */
    private static final int FORMAT = 9;

    private static final int MAGIC = 0x58504D49;
    private static final int MOST_BYTES = 512 << 20;
    private static final String SUFFIX = ".bin";
    private static final Duration LIFE = Duration.ofDays(60);
    private static final int CHECK_BYTES = Long.BYTES;

    private static final System.Logger LOGGER = System.getLogger(IndexSnapshot.class.getName());

    private final CheckedFolder folder;
    private final Path file;
    /**
     * The machine and the workspace. Paths mean other files on other machines, and the key of the workspace's folder
     * tells whether another folder has replaced it.
     */
    private final String owner;

    /**
     * The entries that an earlier process read.
     *
     * @param jobs the jobs
     * @param runs the runs by the names of experiment and run, joined by a slash
     */
    record Content(List<IndexedJob> jobs, Map<String, IndexedRun> runs) {
        static final Content NONE = new Content(List.of(), Map.of());
    }

    /**
     * Creates a copy; its file need not exist.
     *
     * @param cache the folder that contains the folder of copies
     * @param workspace the workspace of the index
     * @throws IOException if the workspace's folder cannot be read
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

    /** Returns the copy for this user and machine; empty if the cache or the workspace cannot be used. */
    static Optional<IndexSnapshot> inCache(Workspace workspace) {
        try {
            return Optional.of(new IndexSnapshot(UserFolder.CACHE.path(), workspace));
        } catch (WorkspaceException | InvalidPathException | IOException none) {
            LOGGER.log(System.Logger.Level.DEBUG, "The index is not stored", none);
            return Optional.empty();
        }
    }

    /** Returns the file, for tests. */
    Path file() {
        return file;
    }

    /** Reads the copy; returns no entries if it is missing or cannot be used. */
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
            int end = bytes.length - CHECK_BYTES;
            SnapshotInput in = new SnapshotInput(bytes, 0, end);
            if (new SnapshotInput(bytes, end, CHECK_BYTES).number() != check(bytes, end)
                    || in.integer() != MAGIC
                    || in.integer() != FORMAT
                    || !in.text().equals(owner)) {
                return Content.NONE;
            }
            return new SnapshotReader(in).content();
        } catch (IOException | BufferUnderflowException | IllegalArgumentException | JsonException unusable) {
            LOGGER.log(System.Logger.Level.DEBUG, "The copy of the index is not used", unusable);
            return Content.NONE;
        }
    }

    /** Writes the copy, replacing an older one; returns false if it cannot be written. */
    boolean write(Content content) {
        try {
            SnapshotOutput out = new SnapshotOutput();
            out.integer(MAGIC);
            out.integer(FORMAT);
            out.text(owner);
            new SnapshotWriter().write(content, out);
            out.number(check(out.buffer(), out.size()));
            if (out.size() > MOST_BYTES) {
                return false;
            }
            folder.make();
            AtomicFile.write(file, out.toByteArray());
            deleteOld();
            return true;
        } catch (IOException | IllegalArgumentException failed) {
            // An IllegalArgumentException reports a text that can be read as JSON, but cannot be written as JSON.
            LOGGER.log(System.Logger.Level.DEBUG, "The index is not stored", failed);
            return false;
        }
    }

    /** Deletes copies that have not been written for 60 days, for example those of deleted workspaces. */
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

    /** Returns a checksum that detects cut and damaged files. The folder's permissions protect it from other users. */
    private static long check(byte[] bytes, int length) {
        CRC32C check = new CRC32C();
        check.update(bytes, 0, length);
        return check.getValue();
    }
}
