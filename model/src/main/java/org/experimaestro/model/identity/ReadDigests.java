package org.experimaestro.model.identity;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Digests for which each file is read anew. */
public final class ReadDigests implements FileDigests {
    private static final int CHUNK = 1 << 16;

    /** Digests that are not remembered. */
    public ReadDigests() {}

    @Override
    public byte[] md5(Path file) throws IOException {
        return read(file, newMd5());
    }

    /**
     * The digest of a file.
     *
     * @param file a regular file
     * @param digest computes it
     * @return the digest of its bytes
     * @throws IOException if it cannot be read, or changes while it is read
     */
    public static byte[] read(Path file, MessageDigest digest) throws IOException {
        BasicFileAttributes before = Files.readAttributes(file, BasicFileAttributes.class);
        try (InputStream in = Files.newInputStream(file)) {
            byte[] chunk = new byte[CHUNK];
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                digest.update(chunk, 0, read);
            }
        }
        BasicFileAttributes after = Files.readAttributes(file, BasicFileAttributes.class);
        if (before.size() != after.size() || !before.lastModifiedTime().equals(after.lastModifiedTime())) {
            throw new FileSystemException(file.toString(), null, "it was changed while it was read");
        }
        return digest.digest();
    }

    static MessageDigest newMd5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("Every Java platform has MD5", impossible);
        }
    }
}
