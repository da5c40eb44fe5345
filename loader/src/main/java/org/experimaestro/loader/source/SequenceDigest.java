package org.experimaestro.loader.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 over a sequence of values, each with its length, so that no two sequences run into each other. */
final class SequenceDigest {
    private final MessageDigest digest = digest("SHA-256");

    SequenceDigest add(String text) {
        return add(text.getBytes(StandardCharsets.UTF_8));
    }

    SequenceDigest add(long number) {
        return add(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
    }

    SequenceDigest add(byte[] bytes) {
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(bytes.length).array());
        digest.update(bytes);
        return this;
    }

    /** The digest so far in 64 lowercase hexadecimal digits; afterwards this object starts anew. */
    String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }

    static String of(byte[] content) {
        return new SequenceDigest().add(content).hex();
    }

    /** The SHA-256 of a file alone, as {@code sha256sum} prints it. */
    static String ofFile(Path file) throws IOException {
        return ofFile(file, "SHA-256");
    }

    /**
     * The digest of a file alone.
     *
     * @param algorithm one that every JDK has
     * @return lowercase hexadecimal digits
     */
    static String ofFile(Path file, String algorithm) throws IOException {
        MessageDigest digest = digest(algorithm);
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has " + algorithm, e);
        }
    }
}
