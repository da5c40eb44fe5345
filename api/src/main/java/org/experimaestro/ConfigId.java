package org.experimaestro;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The identifier of a configuration: 128 bits, written as 32 lower-case hexadecimal digits.
 *
 * <p>Two configurations have the same identifier exactly when they are of the same type and all parameters that count
 * have the same values. The page {@code docs/identifier-bytes.md} gives the bytes. The digest is MD5 (RFC 1321), which
 * protects against accidental collisions, but not against deliberate ones.
 *
 * <p>Two identifiers are equal when all their bits are equal, so they may be keys of maps. Immutable.
 */
public final class ConfigId {
    private static final int DIGITS = 32;
    private static final int BYTES = 16;

    private final long high;
    private final long low;

    private ConfigId(long high, long low) {
        this.high = high;
        this.low = low;
    }

    /**
     * Creates the identifier with these bytes.
     *
     * @param bytes 16 bytes, the most significant first
     * @return the identifier
     * @throws IllegalArgumentException if there are not 16 of them
     */
    public static ConfigId of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("An identifier has 16 bytes, these are " + bytes.length);
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new ConfigId(buffer.getLong(), buffer.getLong());
    }

    /**
     * Reads an identifier.
     *
     * @param text 32 hexadecimal digits
     * @return the identifier
     * @throws IllegalArgumentException if the text is anything else
     */
    public static ConfigId parse(String text) {
        if (!isValid(text)) {
            throw new IllegalArgumentException(
                    "An identifier is 32 lower-case hexadecimal digits, but this is \"" + text + "\"");
        }
        return new ConfigId(Long.parseUnsignedLong(text, 0, 16, 16), Long.parseUnsignedLong(text, 16, DIGITS, 16));
    }

    /**
     * Returns whether {@link #parse} accepts this text.
     *
     * @param text any text
     * @return true for 32 lower-case hexadecimal digits
     */
    public static boolean isValid(CharSequence text) {
        if (text.length() != DIGITS) {
            return false;
        }
        for (int i = 0; i < DIGITS; i++) {
            char c = text.charAt(i);
            if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
                return false;
            }
        }
        return true;
    }

    /**
     * Returns the 16 bytes, the most significant first.
     *
     * @return a new array
     */
    public byte[] toBytes() {
        return ByteBuffer.allocate(BYTES).putLong(high).putLong(low).array();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ConfigId id && high == id.high && low == id.low;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(high ^ low);
    }

    /**
     * Returns the 32 hexadecimal digits.
     *
     * @return the text that {@link #parse} reads
     */
    @Override
    public String toString() {
        byte[] digits = new byte[DIGITS];
        write(high, digits, 0);
        write(low, digits, DIGITS / 2);
        return new String(digits, StandardCharsets.ISO_8859_1);
    }

    private static void write(long bits, byte[] digits, int start) {
        for (int i = 0; i < DIGITS / 2; i++) {
            int digit = (int) (bits >>> 60 - 4 * i) & 0xf;
            digits[start + i] = (byte) (digit < 10 ? '0' + digit : 'a' + digit - 10);
        }
    }
}
