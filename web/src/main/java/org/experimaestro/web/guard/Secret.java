package org.experimaestro.web.guard;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/** Random texts that nobody can guess. */
final class Secret {
    private static final int BYTES = 24;
    private static final int DIGEST_BYTES = 8;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Secret() {}

    /** Returns a new text of 192 random bits, which needs no escape in an address or a header. */
    static String make() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Returns a short text that names another one. */
    static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Each JVM has SHA-256", impossible);
        }
    }

    /** Returns whether two texts are equal, in a time that tells nothing of where they differ. */
    static boolean isEqual(String expected, String found) {
        return MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), found.getBytes(StandardCharsets.UTF_8));
    }
}
