package org.experimaestro.workspace;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.DigestOutputStream;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.experimaestro.base.file.Digests;
import org.experimaestro.base.file.FileOwner;
import org.experimaestro.core.file.RememberedDigests;
import org.experimaestro.workspace.code.CodeEntry;
import org.jspecify.annotations.Nullable;

/**
 * A store of copies of the code that jobs run, named by content. You can therefore rebuild a project while its jobs
 * wait, and entries that several class paths share are stored once. Thread-safe, also between processes.
 *
 * <p>Other users may write in a workspace, so the content of a copy is compared with its name before use. The digest of
 * a file is remembered in a place of this user alone, as long as the file is the same.
 */
public final class ClassPathStore {
    private static final int DIGITS = 16;
    /** The time of all copies, because Java uses a class archive only if the times of its jars have not changed. */
    private static final FileTime TIME = FileTime.fromMillis(1_767_225_600_000L); // 2026-01-01

    /**
     * The time of all entries, in UTC: times in a zip file have no zone, and the bytes must not depend on the host's
     * zone.
     */
    private static final LocalDateTime ENTRY_TIME = LocalDateTime.ofInstant(TIME.toInstant(), ZoneOffset.UTC);

    private final Path folder;
    private final RememberedDigests digests = RememberedDigests.sha256();

    /**
     * Creates a store outside a workspace. The store of a workspace is {@link Workspace#classPaths}.
     *
     * @param folder the folder, made when needed
     */
    public ClassPathStore(Path folder) {
        this.folder = folder;
    }

    /**
     * Copies a class path. A copy that exists is not written again, unless it is damaged. A damaged copy is replaced; a
     * process that has it open keeps the damaged one.
     *
     * @param classPath jars and folders of classes; entries that do not exist are left out, because Java ignores them
     * @return the copies, all jars, in the same order
     * @throws IOException if an entry cannot be read, or a copy cannot be written
     */
    public List<Path> snapshot(List<Path> classPath) throws IOException {
        OwnFolders.make(folder.resolveSibling(""), folder);
        boolean isEmpty = copies().isEmpty();
        List<Path> copies = new ArrayList<>();
        for (Path entry : classPath) {
            BasicFileAttributes attributes = attributes(entry);
            if (attributes != null && attributes.isDirectory()) {
                Content content = out -> pack(entry, out);
                copies.add(store(entry, isEmpty, content, () -> digest(OutputStream.nullOutputStream(), content)));
            } else if (attributes != null && attributes.isRegularFile()) {
                copies.add(store(entry, isEmpty, out -> Files.copy(entry, out), () -> digests.of(entry)));
            }
        }
        return copies;
    }

    /**
     * Names the copies of a class path, and makes none.
     *
     * @param classPath jars and folders of classes; what does not exist is left out, as Java does
     * @return an entry for each, in the same order, with the name that {@link #snapshot} gives to its copy
     * @throws IOException if one cannot be read
     */
    public List<CodeEntry> entries(List<Path> classPath) throws IOException {
        List<CodeEntry> entries = new ArrayList<>();
        for (Path entry : classPath) {
            BasicFileAttributes attributes = attributes(entry);
            if (attributes != null && (attributes.isDirectory() || attributes.isRegularFile())) {
                byte[] digest = attributes.isDirectory()
                        ? digest(OutputStream.nullOutputStream(), out -> pack(entry, out))
                        : digests.of(entry);
                entries.add(
                        new CodeEntry(copy(stem(entry), digest).getFileName().toString(), entry));
            }
        }
        return entries;
    }

    /**
     * Finds a copy by its name, as a file of the workspace has it.
     *
     * @param name any text
     * @return the copy, whether it is there or not; empty for a text that leads out of the store
     */
    public Optional<CodeEntry> find(String name) {
        boolean isName = name.endsWith(".jar") && name.indexOf('/') < 0 && name.indexOf('\0') < 0;
        return isName ? Optional.of(CodeEntry.ofCopy(folder.resolve(name))) : Optional.empty();
    }

    private static @Nullable BasicFileAttributes attributes(Path entry) {
        try {
            return Files.readAttributes(entry, BasicFileAttributes.class);
        } catch (IOException absent) {
            return null;
        }
    }

    /**
     * Lists all copies.
     *
     * @return jars, sorted by name
     * @throws IOException if the store cannot be listed
     */
    public List<Path> copies() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            // The name of a copy that is not finished starts with a dot.
            return files.filter(file -> !file.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        } catch (NoSuchFileException none) {
            return List.of();
        } catch (UncheckedIOException unreadable) {
            throw unreadable.getCause();
        }
    }

    private interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    private static byte[] digest(OutputStream out, Content content) throws IOException {
        DigestOutputStream digesting = new DigestOutputStream(out, Digests.newSha256());
        content.writeTo(digesting);
        return digesting.getMessageDigest().digest();
    }

    private interface Digest {
        byte[] compute() throws IOException;
    }

    /** The digest is computed first, since a copy may be there; not in an empty store, where that would read all twice. */
    private Path store(Path entry, boolean isEmpty, Content content, Digest digest) throws IOException {
        try {
            String stem = stem(entry);
            if (isEmpty) {
                return write(stem, content);
            }
            byte[] found = digest.compute();
            Path copy = copy(stem, found);
            return isIntact(copy, found) ? copy : write(stem, content);
        } catch (IOException failed) {
            throw new IOException("Cannot copy " + entry + ": " + Failures.reason(failed), failed);
        }
    }

    private Path copy(String stem, byte[] digest) {
        return folder.resolve(stem + "-" + HexFormat.of().formatHex(digest, 0, DIGITS) + ".jar");
    }

    /**
     * Writes a copy, named by the digest of the bytes written, because the source may have changed since it was read.
     */
    private Path write(String stem, Content content) throws IOException {
        // Not by createTempFile: only the owner may read its files, and a workspace may be shared.
        Path temporary = folder.resolve(".tmp-" + UUID.randomUUID() + ".jar");
        try {
            byte[] digest;
            try (OutputStream out =
                    Files.newOutputStream(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                digest = digest(out, content);
            }
            Files.setLastModifiedTime(temporary, TIME);
            Path copy = copy(stem, digest);
            move(temporary, copy, digest);
            return copy;
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private void move(Path temporary, Path copy, byte[] digest) throws IOException {
        try {
            Files.move(temporary, copy, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failed) {
            // If a reply is lost, NFS repeats the call, and reports that there is nothing to move: the first call has
            // moved the file.
            if (!isIntact(copy, digest)) {
                throw Files.exists(copy, LinkOption.NOFOLLOW_LINKS) ? irreplaceable(copy, failed) : failed;
            }
        }
    }

    private static IOException irreplaceable(Path copy, IOException failed) throws IOException {
        return new IOException(
                copy + ", which belongs to " + FileOwner.of(copy).name()
                        + ", has another content than its name says, and cannot be replaced ("
                        + Failures.reason(failed) + "): have it deleted",
                failed);
    }

    /** Returns whether a copy exists, is a regular file and no link, and has the content of its name. */
    private boolean isIntact(Path copy, byte[] digest) throws IOException {
        try {
            return Files.readAttributes(copy, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                            .isRegularFile()
                    && Arrays.equals(digests.of(copy), digest);
        } catch (NoSuchFileException absent) {
            return false;
        }
    }

    private static void pack(Path classes, OutputStream out) throws IOException {
        List<Path> files;
        try (Stream<Path> below = Files.walk(classes, FileVisitOption.FOLLOW_LINKS)) {
            files = below.filter(Files::isRegularFile).sorted().toList();
        } catch (UncheckedIOException unreadable) {
            throw unreadable.getCause();
        }
        try (ZipOutputStream jar = new ZipOutputStream(out)) {
            jar.setMethod(ZipOutputStream.DEFLATED);
            for (Path file : files) {
                ZipEntry entry =
                        new ZipEntry(classes.relativize(file).toString().replace('\\', '/'));
                entry.setTimeLocal(ENTRY_TIME);
                jar.putNextEntry(entry);
                try (InputStream in = Files.newInputStream(file)) {
                    in.transferTo(jar);
                }
                jar.closeEntry();
            }
        }
    }

    /**
     * Returns the beginning of a copy's name. It has no colon, which separates the entries of a class path; no line
     * break, which separates the lines of a list; and no character beyond U+FFFF, because Java does not find such
     * files.
     */
    private static String stem(Path entry) {
        Path name = entry.getFileName();
        String text = name == null ? "classes" : name.toString();
        StringBuilder stem =
                new StringBuilder(text.endsWith(".jar") ? text.substring(0, text.length() - ".jar".length()) : text);
        for (int i = 0; i < stem.length(); i++) {
            char letter = stem.charAt(i);
            if (letter == ':' || letter == ';' || Character.isISOControl(letter) || Character.isSurrogate(letter)) {
                stem.setCharAt(i, '_');
            }
        }
        return stem.toString();
    }
}
