package org.experimaestro.workspace;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Copies of the code that jobs run, named by content: rebuilding a project does not disturb the jobs that wait, and what
 * two class paths share is there once. Thread-safe, also between processes.
 */
public final class ClassPathStore {
    private static final int DIGITS = 16;
    /** Java checks the time of a jar before it uses a class archive made with it: so all copies have the same one. */
    private static final FileTime TIME = FileTime.fromMillis(1_767_225_600_000L); // 2026-01-01

    /** In a zip file a time has no zone: one that depended on this host's would make other bytes elsewhere. */
    private static final LocalDateTime ENTRY_TIME = LocalDateTime.ofInstant(TIME.toInstant(), ZoneOffset.UTC);

    private final Path folder;

    ClassPathStore(Path folder) {
        this.folder = folder;
    }

    /**
     * Copies a class path. What is there is not written again, unless it is damaged: then a whole copy takes its place, and
     * whoever has the damaged one open keeps that.
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
                copies.add(store(entry, stem(entry), out -> pack(entry, out)));
            } else if (attributes != null && attributes.isRegularFile()) {
                copies.add(store(entry, stem(entry), out -> Files.copy(entry, out)));
            }
        }
        return copies;
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

    /** What a content is named by. */
    private record Digest(long size, String digits) {

        static Digest of(OutputStream out, Content content) throws IOException {
            CountingStream counted = new CountingStream(out);
            DigestOutputStream digesting = new DigestOutputStream(counted, sha256());
            content.writeTo(digesting);
            byte[] digest = digesting.getMessageDigest().digest();
            return new Digest(counted.size, HexFormat.of().formatHex(digest).substring(0, 2 * DIGITS));
        }
    }

    private static final class CountingStream extends FilterOutputStream {
        private long size;

        CountingStream(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int value) throws IOException {
            out.write(value);
            size++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            size += length;
        }
    }

    private Path store(Path entry, String stem, Content content) throws IOException {
        try {
            Digest digest = Digest.of(OutputStream.nullOutputStream(), content);
            Path copy = copy(stem, digest);
            return isIntact(copy, digest) ? copy : write(stem, content);
        } catch (IOException failed) {
            throw new IOException("Cannot copy " + entry + ": " + Failures.reason(failed), failed);
        }
    }

    private Path copy(String stem, Digest digest) {
        return folder.resolve(stem + "-" + digest.digits() + ".jar");
    }

    /** Named by what was written: the source may have changed since it was read. */
    private Path write(String stem, Content content) throws IOException {
        // A name of our own: a file of createTempFile is for its owner's eyes only, and a workspace may be shared.
        Path temporary = folder.resolve(".tmp-" + UUID.randomUUID() + ".jar");
        try {
            Digest digest;
            try (OutputStream out = Files.newOutputStream(temporary)) {
                digest = Digest.of(out, content);
            }
            Files.setLastModifiedTime(temporary, TIME);
            Path copy = copy(stem, digest);
            move(temporary, copy, digest);
            return copy;
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static void move(Path temporary, Path copy, Digest digest) throws IOException {
        try {
            Files.move(temporary, copy, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (NoSuchFileException gone) {
            // NFS reports this when the reply was lost and the call repeated: the file was moved by the first call.
            if (!isIntact(copy, digest)) {
                throw gone;
            }
        }
    }

    /** Whether a copy is there, and has the content that its name says. */
    private static boolean isIntact(Path copy, Digest digest) throws IOException {
        try {
            return Files.size(copy) == digest.size()
                    && Digest.of(OutputStream.nullOutputStream(), out -> Files.copy(copy, out))
                            .equals(digest);
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

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("Every Java platform has SHA-256", impossible);
        }
    }
}
