package org.experimaestro.base.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** A calculator of digests of file contents. Callers that need a digest again cache it. */
public final class Digests {
    private static final int CHUNK = 1 << 16;

    private Digests() {}

    /**
     * Returns the digest of a file.
     *
     * @param file a regular file; links are followed
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

    /**
     * Creates an MD5 digest (RFC 1321), for identifiers, which need no protection against attacks.
     *
     * @return an empty digest
     */
    public static MessageDigest newMd5() {
        return newDigest("MD5");
    }

    /**
     * Creates a SHA-256 digest (FIPS 180-4), for files that are executed after a check.
     *
     * @return an empty digest
     */
    public static MessageDigest newSha256() {
        return newDigest("SHA-256");
    }

    /**
     * Creates a digest by its name.
     *
     * @param algorithm a name of the Java Security Standard Algorithm Names, which every JDK has
     * @return an empty digest
     */
    public static MessageDigest newDigest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("Every JDK has " + algorithm, impossible);
        }
    }
}
