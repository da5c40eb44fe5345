package org.experimaestro.workspace;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
     * Copies a class path.
     *
     * @param classPath jars and folders of classes; what does not exist is left out, as Java does
     * @return the copies, all jars, in the same order
     * @throws IOException if one cannot be read, or no copy can be written
     */
    public List<Path> snapshot(List<Path> classPath) throws IOException {
        Files.createDirectories(folder);
        List<Path> copies = new ArrayList<>();
        for (Path entry : classPath) {
            if (Files.isDirectory(entry)) {
                copies.add(store(entry, stem(entry), out -> pack(entry, out)));
            } else if (Files.isRegularFile(entry)) {
                copies.add(store(entry, stem(entry), out -> Files.copy(entry, out)));
            }
        }
        return copies;
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

    private Path store(Path entry, String stem, Content content) throws IOException {
        // A name of our own: a file of createTempFile is for its owner's eyes only, and a workspace may be shared.
        Path temporary = folder.resolve(".tmp-" + UUID.randomUUID() + ".jar");
        try {
            MessageDigest digest = sha256();
            try (OutputStream out = new DigestOutputStream(Files.newOutputStream(temporary), digest)) {
                content.writeTo(out);
            }
            String digits = HexFormat.of().formatHex(digest.digest()).substring(0, 2 * DIGITS);
            Path copy = folder.resolve(stem + "-" + digits + ".jar");
            if (!Files.exists(copy)) {
                Files.setLastModifiedTime(temporary, TIME);
                Files.move(temporary, copy, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
            return copy;
        } catch (IOException failed) {
            throw new IOException("Cannot copy " + entry + ": " + Failures.reason(failed), failed);
        } finally {
            Files.deleteIfExists(temporary);
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

    private static String stem(Path entry) {
        Path name = entry.getFileName();
        String text = name == null ? "classes" : name.toString();
        return text.endsWith(".jar") ? text.substring(0, text.length() - ".jar".length()) : text;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("Every Java platform has SHA-256", impossible);
        }
    }
}
