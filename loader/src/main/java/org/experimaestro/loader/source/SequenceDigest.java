package org.experimaestro.loader.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.experimaestro.base.file.Digests;
import org.experimaestro.core.file.RememberedDigests;

/** A SHA-256 over a sequence of values, each with its length, so that different sequences have different bytes. */
final class SequenceDigest {
    private final MessageDigest digest = Digests.newSha256();

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

    /** Returns the digest so far in 64 lower-case hexadecimal digits; afterwards this object starts anew. */
    String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }

    static String of(byte[] content) {
        return new SequenceDigest().add(content).hex();
    }

    /** Returns the SHA-256 of a file alone, as {@code sha256sum} prints it. It is cached until the file changes. */
    static String ofFile(Path file) throws IOException {
        return HexFormat.of().formatHex(RememberedDigests.sha256().of(file));
    }

    /**
     * Returns the digest of a file alone. The file is always read.
     *
     * @param algorithm an algorithm that every JDK has
     * @return lower-case hexadecimal digits
     */
    static String ofFile(Path file, String algorithm) throws IOException {
        return HexFormat.of().formatHex(Digests.read(file, Digests.newDigest(algorithm)));
    }
}
