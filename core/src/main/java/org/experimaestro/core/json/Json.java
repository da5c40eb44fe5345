package org.experimaestro.core.json;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A strict reader and writer of JSON (RFC 8259).
 *
 * <p>Types: objects become {@code LinkedHashMap<String, @Nullable Object>} in the order of the text, arrays {@code
 * ArrayList<@Nullable Object>}, and strings {@code String}. Integers become {@code Long}, or {@code BigInteger} if
 * they do not fit; numbers with a fraction or an exponent become {@code Double}. Truth values become {@code Boolean},
 * and {@code null} stays {@code null}. A value that was written and read again equals the value in these types, for
 * every finite {@code double} and every integer.
 *
 * <p>Refused:
 *
 * <ul>
 *   <li>duplicate keys, trailing commas, comments, text after the value, a byte order mark, {@code NaN}
 *   <li>numbers beyond the range of a double, integers of more than 1,000 digits
 *   <li>invalid UTF-8, unpaired surrogates (also escaped ones)
 *   <li>nesting deeper than 512, and more than 1,000,000 elements and members in all
 * </ul>
 *
 * <p>Thread-safe.
 */
public final class Json {
    /** The deepest nesting of arrays and objects, read or written. */
    static final int MAX_DEPTH = 512;

    /**
     * The largest number of digits of an integer, read or written. The time of its conversion grows with their
     * square.
     */
    static final int MAX_DIGITS = 1_000;

    /**
     * The largest number of values of a text, read or written: elements of arrays and members of objects. Each takes
     * memory of its own.
     */
    static final int MAX_VALUES = 1_000_000;

    private Json() {}

    /**
     * Reads one JSON value.
     *
     * @param text the value, with nothing but white space around it
     * @return the value, {@code null} for the text {@code null}
     * @throws JsonException if the text is not strict JSON, with the line and the column
     */
    public static @Nullable Object parse(String text) {
        return new JsonParser(text).document();
    }

    /**
     * Reads one JSON value from its UTF-8 bytes.
     *
     * @param utf8 the value, with nothing but white space around it
     * @return the value, {@code null} for the text {@code null}
     * @throws JsonException if the bytes are not UTF-8, or the text is not strict JSON, with the line and the column
     */
    public static @Nullable Object parse(byte[] utf8) {
        String text = new String(utf8, StandardCharsets.UTF_8);
        // The constructor replaces malformed bytes by U+FFFD, so only a text with that character needs the slow check.
        if (text.indexOf('\uFFFD') >= 0) {
            requireUtf8(utf8);
        }
        return parse(text);
    }

    /**
     * Writes a value as the text of a file: two spaces of indentation, line feeds, and one at the end. An array or
     * object is kept on one line if it has no other non-empty ones inside, and the line has at most 100 characters.
     *
     * @param value a {@code Map} with strings as keys (written in its order), a {@code List}, {@code String}, {@code
     *     Boolean}, {@code Byte}, {@code Short}, {@code Integer}, {@code Long}, {@code BigInteger}, {@code Float},
     *     {@code Double}, or {@code null}. A {@code Float} is written as the double of the same value.
     * @return the text, which reads back as the same value; a whole double keeps its fraction or exponent
     * @throws IllegalArgumentException if a value inside is of another class, not finite, an integer of more than
     *     1,000 digits, nested deeper than 512, or a string with an unpaired surrogate. Also if there are more than
     *     1,000,000 elements and members in all. The message names the place.
     */
    public static String write(@Nullable Object value) {
        return new JsonWriter(true).document(value).append('\n').toString();
    }

    /**
     * Writes a value on one line without white space, as in a file of JSON lines.
     *
     * @param value as for {@link #write}
     * @return one line, <em>without</em> a line feed at its end
     * @throws IllegalArgumentException as for {@link #write}
     */
    public static String writeLine(@Nullable Object value) {
        return new JsonWriter(false).document(value).toString();
    }

    private static void requireUtf8(byte[] utf8) {
        ByteBuffer input = ByteBuffer.wrap(utf8);
        CharBuffer output = CharBuffer.allocate(utf8.length);
        if (StandardCharsets.UTF_8.newDecoder().decode(input, output, true).isError()) {
            String before = output.flip().toString();
            String found = Integer.toHexString(utf8[input.position()] & 0xFF).toUpperCase(Locale.ROOT);
            throw JsonException.at(before, before.length(), "the byte 0x" + found + " is not valid UTF-8 here");
        }
    }
}
