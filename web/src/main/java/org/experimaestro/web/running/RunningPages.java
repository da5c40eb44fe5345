package org.experimaestro.web.running;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.experimaestro.base.file.FileName;
import org.experimaestro.base.file.PrivateFolder;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.core.json.JsonFile;

/**
 * The folder with a record of each page that a user's processes serve, also on other hosts that share the home. A
 * record of a process of this host that has ended is removed by whoever reads or writes there next. Thread-safe.
 */
public final class RunningPages {
    private static final String FOLDER = "web";
    private static final String RECORDS = "*.json";
    private static final String TEMPORARY = ".tmp-";
    private static final Set<PosixFilePermission> OWNERS = PosixFilePermissions.fromString("rw-------");

    private final Path state;

    /**
     * Creates the view of a folder.
     *
     * @param state the folder of files that one user's processes share; it need not exist
     */
    public RunningPages(Path state) {
        this.state = state;
    }

    /**
     * Reads the records of all pages that run, or may run on another host. A file that is no record, or is of a newer
     * version, is left alone.
     *
     * @return the pages, by their workspaces, the latest of a workspace first; empty if no page was ever served
     * @throws IOException if the folder is not this user's alone, or cannot be read
     */
    public List<RunningPage> all() throws IOException {
        if (!Files.exists(state.resolve(FOLDER), LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        List<RunningPage> pages = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder(), RECORDS)) {
            for (Path file : files) {
                Optional<RunningPage> page = read(file);
                if (page.isPresent() && page.get().hasEnded()) {
                    clear(file);
                } else {
                    page.ifPresent(pages::add);
                }
            }
        }
        pages.sort(Comparator.comparing(RunningPage::workspace)
                .thenComparing(page -> page.process().start(), Comparator.reverseOrder()));
        return pages;
    }

    /**
     * Reads the records of a workspace's pages that run on this host.
     *
     * @param place the real path of the workspace; behind {@code HOST:} if it is on another host
     * @return the pages, the latest first
     * @throws IOException as {@link #all} does
     */
    public List<RunningPage> of(String place) throws IOException {
        return all().stream()
                .filter(page -> page.workspace().equals(place) && page.isAliveHere())
                .toList();
    }

    /**
     * Writes the record of a page, which only this user can read from its first moment.
     *
     * @param page the page
     * @return the file
     * @throws IOException if the folder is not this user's alone, or the file cannot be written
     */
    public Path add(RunningPage page) throws IOException {
        Path folder = folder();
        all();
        Path file = folder.resolve(fileName(page));
        Path temporary = folder.resolve(TEMPORARY + UUID.randomUUID());
        try {
            try (SeekableByteChannel channel = create(temporary)) {
                ByteBuffer text = ByteBuffer.wrap(
                        JsonFile.text(page.toJson(), JsonFile.SMALL_BYTES).getBytes(StandardCharsets.UTF_8));
                while (text.hasRemaining()) {
                    channel.write(text);
                }
            }
            FileName.replace(temporary, file);
        } finally {
            Files.deleteIfExists(temporary);
        }
        return file;
    }

    /** Returns the name of a record: two hosts that share a home may use one port. */
    private static String fileName(RunningPage page) {
        return page.process().host().replaceAll("[^A-Za-z0-9._-]", "_") + "-" + page.port() + ".json";
    }

    private Path folder() throws IOException {
        return PrivateFolder.make(state, FOLDER);
    }

    /** Makes a file that only its owner can read from its first moment. */
    private static SeekableByteChannel create(Path file) throws IOException {
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        boolean hasPermissions =
                file.getFileSystem().supportedFileAttributeViews().contains("posix");
        return hasPermissions
                ? Files.newByteChannel(file, options, PosixFilePermissions.asFileAttribute(OWNERS))
                : Files.newByteChannel(file, options);
    }

    /**
     * Removes the record of a page that has ended.
     *
     * @param file the file of the record
     * @param page the page; a record of another one at the same place stays
     * @throws IOException if it cannot be removed
     */
    public static void remove(Path file, RunningPage page) throws IOException {
        if (read(file).filter(page::equals).isPresent()) {
            Files.deleteIfExists(file);
        }
    }

    /** Removes the record of an ended process. If it cannot be removed, it stays unseen. */
    private static void clear(Path file) {
        Path aside = file.resolveSibling(TEMPORARY + UUID.randomUUID());
        try {
            // A new server may just have replaced the record. Once it is aside, nobody can, and it is looked at again.
            Files.move(file, aside, StandardCopyOption.ATOMIC_MOVE);
            if (read(aside).filter(page -> !page.hasEnded()).isPresent()) {
                FileName.take(aside, file);
            }
            Files.deleteIfExists(aside);
        } catch (IOException stays) {
            return;
        }
    }

    private static Optional<RunningPage> read(Path file) throws IOException {
        try {
            return Optional.of(RunningPage.fromJson(JsonFile.read(file, JsonFile.SMALL_BYTES), file.toString()));
        } catch (NoSuchFileException removed) {
            return Optional.empty(); // by another reader
        } catch (JsonException other) {
            return Optional.empty(); // a newer version has other records
        }
    }
}
