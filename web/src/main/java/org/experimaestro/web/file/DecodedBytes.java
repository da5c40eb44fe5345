package org.experimaestro.web.file;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Bytes as text in UTF-8, which knows from which byte each character was made. A wrong byte is U+FFFD, which has another
 * number of bytes. Immutable.
 */
final class DecodedBytes {
    private static final char WRONG = '\ufffd';

    private final String text;
    private final int from;
    /** The index of the first byte of each character, and that behind the last one; empty where each byte is one. */
    private final int[] bytes;

    private DecodedBytes(String text, int from, int[] bytes) {
        this.text = text;
        this.from = from;
        this.bytes = bytes;
    }

    /** Decodes the bytes between two indexes. */
    static DecodedBytes of(byte[] bytes, int from, int to) {
        String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
        return text.length() == to - from ? new DecodedBytes(text, from, new int[0]) : decoded(bytes, from, to);
    }

    private static DecodedBytes decoded(byte[] bytes, int from, int to) {
        ByteBuffer in = ByteBuffer.wrap(bytes, from, to - from);
        CharBuffer out = CharBuffer.allocate(to - from);
        int[] first = new int[to - from + 1];
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CoderResult result = CoderResult.OVERFLOW;
        while (!result.isUnderflow()) {
            int begin = out.position();
            int at = in.position();
            result = decoder.decode(in, out, true);
            for (int i = begin; i < out.position(); i++) {
                first[i] = at;
                at += size(out.get(i));
            }
            if (result.isMalformed()) {
                first[out.position()] = in.position();
                in.position(in.position() + result.length());
                out.put(WRONG);
            }
        }
        int length = out.position();
        first[length] = to;
        return new DecodedBytes(out.flip().toString(), from, Arrays.copyOf(first, length + 1));
    }

    /** Returns the number of bytes of a character, of which a pair of surrogates has four. */
    private static int size(char each) {
        if (each < 0x80) {
            return 1;
        }
        return each < 0x800 || Character.isSurrogate(each) ? 2 : 3;
    }

    String text() {
        return text;
    }

    /** Returns the index of the first byte of the character at an index, or the index behind all bytes. */
    int byteOf(int character) {
        return bytes.length == 0 ? from + character : bytes[character];
    }

    /** Returns the index of the character that has a byte. */
    int characterOf(int index) {
        if (bytes.length == 0) {
            return index - from;
        }
        int found = Arrays.binarySearch(bytes, index);
        return found >= 0 ? found : -found - 2;
    }
}
