package org.experimaestro.model.identity;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.experimaestro.ConfigId;

/**
 * The message digest MD5 of bytes in memory, as RFC 1321 defines it. Its rounds are those of section 3.4.
 *
 * <p>The platform has MD5 too. However, the first use of {@code java.security.MessageDigest} reads the platform's
 * list of providers, which costs more than the rest of a job's start (docs/performance.md). A test compares the two.
 */
public final class Md5 {
    private static final int BLOCK = 64;
    private static final int BYTES = 16;

    /** The table T: the integer part of 2³² times abs(sin(i)), i in radians, from 1. */
    private static final int[] SINES = sines();

    private int a = 0x67452301;
    private int b = 0xefcdab89;
    private int c = 0x98badcfe;
    private int d = 0x10325476;

    private Md5() {}

    /**
     * Returns the digest of the first bytes of an array.
     *
     * @param bytes the array
     * @param length the number of bytes that count
     * @return 128 bits
     */
    public static ConfigId of(byte[] bytes, int length) {
        Md5 digest = new Md5();
        int[] block = new int[BLOCK / Integer.BYTES];
        int whole = length / BLOCK * BLOCK;
        for (int start = 0; start < whole; start += BLOCK) {
            digest.add(bytes, start, block);
        }
        digest.finish(bytes, whole, length, block);
        return ConfigId.of(ByteBuffer.allocate(BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(digest.a)
                .putInt(digest.b)
                .putInt(digest.c)
                .putInt(digest.d)
                .array());
    }

    /** Adds the remaining bytes, a one bit, zeros, and the length in bits. */
    private void finish(byte[] bytes, int start, int length, int[] block) {
        int left = length - start;
        byte[] last = new byte[left < BLOCK - Long.BYTES ? BLOCK : 2 * BLOCK];
        System.arraycopy(bytes, start, last, 0, left);
        last[left] = (byte) 0x80;
        long bits = (long) length * Byte.SIZE;
        for (int i = 0; i < Long.BYTES; i++) {
            last[last.length - Long.BYTES + i] = (byte) (bits >>> Byte.SIZE * i);
        }
        for (int i = 0; i < last.length; i += BLOCK) {
            add(last, i, block);
        }
    }

    private void add(byte[] bytes, int start, int[] block) {
        for (int i = 0; i < block.length; i++) {
            int at = start + i * Integer.BYTES;
            block[i] = bytes[at] & 0xff
                    | (bytes[at + 1] & 0xff) << 8
                    | (bytes[at + 2] & 0xff) << 16
                    | (bytes[at + 3] & 0xff) << 24;
        }
        int w = a;
        int x = b;
        int y = c;
        int z = d;
        // Four steps at a time: the roles of the variables turn, so that nothing is moved between them.
        int step = 0;
        for (; step < 16; step += 4) {
            w = x + Integer.rotateLeft(w + (z ^ x & (y ^ z)) + SINES[step] + block[step], 7);
            z = w + Integer.rotateLeft(z + (y ^ w & (x ^ y)) + SINES[step + 1] + block[step + 1], 12);
            y = z + Integer.rotateLeft(y + (x ^ z & (w ^ x)) + SINES[step + 2] + block[step + 2], 17);
            x = y + Integer.rotateLeft(x + (w ^ y & (z ^ w)) + SINES[step + 3] + block[step + 3], 22);
        }
        for (; step < 32; step += 4) {
            w = x + Integer.rotateLeft(w + (y ^ z & (x ^ y)) + SINES[step] + block[5 * step + 1 & 15], 5);
            z = w + Integer.rotateLeft(z + (x ^ y & (w ^ x)) + SINES[step + 1] + block[5 * step + 6 & 15], 9);
            y = z + Integer.rotateLeft(y + (w ^ x & (z ^ w)) + SINES[step + 2] + block[5 * step + 11 & 15], 14);
            x = y + Integer.rotateLeft(x + (z ^ w & (y ^ z)) + SINES[step + 3] + block[5 * step & 15], 20);
        }
        for (; step < 48; step += 4) {
            w = x + Integer.rotateLeft(w + (x ^ y ^ z) + SINES[step] + block[3 * step + 5 & 15], 4);
            z = w + Integer.rotateLeft(z + (w ^ x ^ y) + SINES[step + 1] + block[3 * step + 8 & 15], 11);
            y = z + Integer.rotateLeft(y + (z ^ w ^ x) + SINES[step + 2] + block[3 * step + 11 & 15], 16);
            x = y + Integer.rotateLeft(x + (y ^ z ^ w) + SINES[step + 3] + block[3 * step + 14 & 15], 23);
        }
        for (; step < BLOCK; step += 4) {
            w = x + Integer.rotateLeft(w + (y ^ (x | ~z)) + SINES[step] + block[7 * step & 15], 6);
            z = w + Integer.rotateLeft(z + (x ^ (w | ~y)) + SINES[step + 1] + block[7 * step + 7 & 15], 10);
            y = z + Integer.rotateLeft(y + (w ^ (z | ~x)) + SINES[step + 2] + block[7 * step + 14 & 15], 15);
            x = y + Integer.rotateLeft(x + (z ^ (y | ~w)) + SINES[step + 3] + block[7 * step + 5 & 15], 21);
        }
        a += w;
        b += x;
        c += y;
        d += z;
    }

    private static int[] sines() {
        int[] sines = new int[BLOCK];
        for (int i = 0; i < BLOCK; i++) {
            sines[i] = (int) (long) (Math.abs(StrictMath.sin(i + 1)) * (1L << 32));
        }
        return sines;
    }
}
