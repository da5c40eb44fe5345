package org.experimaestro.loader.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.experimaestro.base.file.Digests;
import org.experimaestro.core.file.RememberedDigests;

/** SHA-256 over a sequence of values, each with its length, so that no two sequences run into each other. */
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

    /** The digest so far in 64 lowercase hexadecimal digits; afterwards this object starts anew. */
    String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }

    static String of(byte[] content) {
        return new SequenceDigest().add(content).hex();
    }

    /** The SHA-256 of a file alone, as {@code sha256sum} prints it; remembered for as long as the file is the same. */
    static String ofFile(Path file) throws IOException {
        return HexFormat.of().formatHex(RememberedDigests.sha256().of(file));
    }

    /**
     * The digest of a file alone, which is read anew.
     *
     * @param algorithm one that every JDK has
     * @return lowercase hexadecimal digits
     */
    static String ofFile(Path file, String algorithm) throws IOException {
        return HexFormat.of().formatHex(Digests.read(file, Digests.newDigest(algorithm)));
    }
}
