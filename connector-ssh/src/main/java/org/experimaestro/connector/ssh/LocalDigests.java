package org.experimaestro.connector.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.experimaestro.base.file.BoundedFile;

/**
 * The SHA-256 of files of this machine, computed again only for those that have changed. Thread-safe.
 *
 * <p>Digests are not those that files with {@code @Content} are identified by: they are compared with what {@code sha256sum}
 * says at the place, and a wrong one costs a transfer, not a result. So they are remembered in this process only, by size
 * and time.
 */
final class LocalDigests {
    /** A file that was changed within this time may be changed again without a difference in its time. */
    private static final Duration SETTLED = Duration.ofSeconds(3);

    private static final int BUFFER = 1 << 16;

    private final Map<Path, Known> known = new ConcurrentHashMap<>();

    private record Known(long size, FileTime modified, String digest) {}

    /**
     * What a file contains.
     *
     * @param file a file
     * @return 64 hexadecimal digits
     * @throws IOException if it cannot be read, or is a link, a folder, a pipe or a device
     */
    String of(Path file) throws IOException {
        BasicFileAttributes attributes = BoundedFile.requireRegular(file);
        Known before = known.get(file);
        if (before != null
                && before.size() == attributes.size()
                && before.modified().equals(attributes.lastModifiedTime())) {
            return before.digest();
        }
        Instant now = Instant.now();
        String digest = compute(file);
        if (attributes.lastModifiedTime().toInstant().isBefore(now.minus(SETTLED))) {
            known.put(file, new Known(attributes.size(), attributes.lastModifiedTime(), digest));
        }
        return digest;
    }

    private static String compute(Path file) throws IOException {
        MessageDigest digest = sha256();
        try (InputStream stream = BoundedFile.open(file)) {
            byte[] buffer = new byte[BUFFER];
            for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
                digest.update(buffer, 0, count);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256", impossible);
        }
    }
}
