package org.experimaestro.internal.identity;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.experimaestro.ConfigException;
import org.experimaestro.internal.PlanLine;

/** The identity of a file or folder by what it contains. */
final class ContentDigest {
    private static final int CHUNK = 1 << 16;

    private ContentDigest() {}

    /**
     * The MD5 of a file's bytes; of a folder, that of its files (links followed) sorted by their relative path: for
     * each the length of the path and the path in UTF-8, then the file's MD5. A first byte tells the two apart.
     *
     * @throws ConfigException if the path cannot be read
     */
    static byte[] of(Path path) {
        try {
            MessageDigest digest = MessageDigest.getInstance("MD5");
            if (Files.isDirectory(path)) {
                digest.update((byte) 'd');
                digest.update(folder(path));
            } else {
                digest.update((byte) 'f');
                digest.update(file(path));
            }
            return digest.digest();
        } catch (NoSuchFileException missing) {
            throw new ConfigException(
                    "Cannot identify " + path + " by its content: there is no such file",
                    PlanLine.current(),
                    null,
                    missing);
        } catch (IOException | UncheckedIOException unreadable) {
            throw new ConfigException(
                    "Cannot identify " + path + " by its content: " + unreadable.getMessage(),
                    PlanLine.current(),
                    null,
                    unreadable);
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("Every Java platform has MD5", impossible);
        }
    }

    private static byte[] file(Path file) throws IOException, NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("MD5");
        try (InputStream in = Files.newInputStream(file)) {
            byte[] chunk = new byte[CHUNK];
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                digest.update(chunk, 0, read);
            }
        }
        return digest.digest();
    }

    private static byte[] folder(Path folder) throws IOException, NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("MD5");
        for (String name : filesBelow(folder)) {
            byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
            digest.update(
                    ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
            digest.update(bytes);
            digest.update(file(folder.resolve(name)));
        }
        return digest.digest();
    }

    private static List<String> filesBelow(Path folder) throws IOException {
        try (Stream<Path> below = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            return below.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .sorted()
                    .collect(Collectors.toList());
        }
    }
}
