package org.experimaestro.core.json;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes JSON (RFC 8259), strictly.
 *
 * <p>What is read: objects become {@code LinkedHashMap<String, @Nullable Object>} in the order of the text, arrays
 * {@code ArrayList<@Nullable Object>}, strings {@code String}, integers {@code Long}, or {@code BigInteger} where they do
 * not fit, numbers with a fraction or an exponent {@code Double}, and {@code Boolean} and {@code null}. A value that was
 * written and read again equals the value in these types, for every finite {@code double} and every integer.
 *
 * <p>Refused: duplicate keys, trailing commas, comments, anything after the value, a byte order mark, {@code NaN}, numbers
 * beyond the range of a double, integers of more than 1,000 digits, invalid UTF-8, unpaired surrogates (also escaped ones),
 * nesting deeper than 512, and more than 1,000,000 elements and members in all.
 *
 * <p>Thread-safe.
 */
public final class Json {
    /** The deepest nesting of arrays and objects, read or written. */
    static final int MAX_DEPTH = 512;

    /** The most digits of an integer, read or written: the time that its conversion takes grows with their square. */
    static final int MAX_DIGITS = 1_000;

    /** The most values of a text, read or written: elements of arrays and members of objects. Each takes memory of its own. */
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
        // The constructor puts U+FFFD for what is malformed: only a text with that character needs the slow check.
        if (text.indexOf('\uFFFD') >= 0) {
            requireUtf8(utf8);
        }
        return parse(text);
    }

    /**
     * Writes a value as the text of a file: two spaces of indentation, line feeds, and one at the end. An array or object
     * without other non-empty ones inside is kept on one line where that line has at most 100 characters.
     *
     * @param value a {@code Map} with strings as keys (written in its order), a {@code List}, {@code String},
     *     {@code Boolean}, {@code Byte}, {@code Short}, {@code Integer}, {@code Long}, {@code BigInteger}, {@code Float} (as
     *     the double of the same value), {@code Double}, or {@code null}
     * @return the text, which reads back as the same value; a whole double keeps its fraction or exponent
     * @throws IllegalArgumentException if something inside is of another class, not finite, an integer of more than 1,000
     *     digits, nested deeper than 512, more than 1,000,000 elements and members in all, or a string with an unpaired surrogate; the message names the place
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
