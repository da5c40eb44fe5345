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
 * Copies of the code that jobs run, named by content: rebuilding a project does not disturb the jobs that wait, and what
 * two class paths share is there once. Thread-safe, also between processes.
 *
 * <p>Others may write in a workspace, so a copy is not believed for its name: it must have the content. What was read is
 * remembered, in a place of this user alone, as long as the file is the same.
 */
public final class ClassPathStore {
    private static final int DIGITS = 16;
    /** Java checks the time of a jar before it uses a class archive made with it: so all copies have the same one. */
    private static final FileTime TIME = FileTime.fromMillis(1_767_225_600_000L); // 2026-01-01

    /** In a zip file a time has no zone: one that depended on this host's would make other bytes elsewhere. */
    private static final LocalDateTime ENTRY_TIME = LocalDateTime.ofInstant(TIME.toInstant(), ZoneOffset.UTC);

    private final Path folder;
    private final RememberedDigests digests = RememberedDigests.sha256();

    /**
     * A store elsewhere than in a workspace, whose own is {@link Workspace#classPaths}.
     *
     * @param folder the folder, made when needed
     */
    public ClassPathStore(Path folder) {
        this.folder = folder;
    }

    /**
     * Copies a class path. A copy that is there is not written again, unless it is damaged: then a whole copy takes its
     * place, and a process that has the damaged one open keeps that one.
     *
     * @param classPath jars and folders of classes; what does not exist is left out, as Java does
     * @return the copies, all jars, in the same order
     * @throws IOException if one cannot be read, or no copy can be written
     */
    public List<Path> snapshot(List<Path> classPath) throws IOException {
        OwnFolders.make(folder.resolveSibling(""), folder);
        List<Path> copies = new ArrayList<>();
        for (Path entry : classPath) {
            BasicFileAttributes attributes = attributes(entry);
            if (attributes != null && attributes.isDirectory()) {
                Content content = out -> pack(entry, out);
                copies.add(store(entry, content, () -> digest(OutputStream.nullOutputStream(), content)));
            } else if (attributes != null && attributes.isRegularFile()) {
                copies.add(store(entry, out -> Files.copy(entry, out), () -> digests.of(entry)));
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
     * All copies.
     *
     * @return jars, sorted by name
     * @throws IOException if the store cannot be listed
     */
    public List<Path> copies() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            // A name that starts with a dot is that of a copy that is being made.
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

    private Path store(Path entry, Content content, Digest digest) throws IOException {
        try {
            String stem = stem(entry);
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

    /** Named by what was written: the source may have changed since it was read. */
    private Path write(String stem, Content content) throws IOException {
        // A name of our own: a file of createTempFile is for its owner's eyes only, and a workspace may be shared.
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
            // NFS reports that there is nothing to move when the reply was lost and the call repeated: the first call
            // did it.
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

    /** Whether a copy is there, a file of its own, and has the content that its name says. */
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
     * A name for a copy: without a colon, which would end it in a class path, a line break, which would in a list, or a
     * character beyond U+FFFF, which Java does not find.
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
