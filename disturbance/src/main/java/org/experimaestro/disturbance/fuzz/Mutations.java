package org.experimaestro.disturbance.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Makes inputs of good ones: each number has its own, always the same. */
final class Mutations {
    private static final int LONGEST = 64 * 1_024;
    private static final int MOST_CHANGES = 8;
    private static final int MOST_REPETITIONS = 20_000;

    /** What readers of any text stumble over: limits, and signs of all formats. */
    private static final String COMMON = """
            0 1 -1 00 +1 1. .5 1e9 1e400 -1e-400 1e99999999999 NaN Infinity 0x10 1_000 1,5 127 128 255 256 65536
            2147483647 2147483648 -2147483648 4294967296 9223372036854775807 9223372036854775808 -9223372036854775808
            18446744073709551616 99999999999999999999999999 null true false ~ " ' ` \\ \\u0000 \\uD800 \\n "" \'\' { } [ ] ( ) < > , ; :
            = & | * ! # @ % $ ${x} - -- / // /* */ . .. ../ /etc/passwd ~/ C:\\ ٣ ² 𝟙 e\u0301
            """;

    /** Characters that act on a terminal, that end lines, that are not seen, and that have two cases or none. */
    private static final String CHARACTERS =
            "\0\u0001\u0007\u001B\u007F\u009B\u0085\u00A0\u2028\u202E\uFEFF \t\n\r\u000Béßİıſ中😀\uFFFF";

    private final List<byte[]> seeds;
    private final List<byte[]> words;

    Mutations(List<byte[]> seeds, List<byte[]> words) {
        this.seeds = List.copyOf(seeds);
        this.words = new ArrayList<>(words);
        for (String word : COMMON.split("\\s+")) {
            this.words.add(word.getBytes(StandardCharsets.UTF_8));
        }
        CHARACTERS
                .codePoints()
                .forEach(letter -> this.words.add(Character.toString(letter).getBytes(StandardCharsets.UTF_8)));
    }

    byte[] input(long number) {
        SplittableRandom random = new SplittableRandom(number);
        byte[] input = one(seeds, random);
        // Most have few changes: what is wrong in many places is refused at the first.
        int changes = 1 + random.nextInt(1 + random.nextInt(MOST_CHANGES));
        for (int i = 0; i < changes; i++) {
            byte[] changed = change(input, random);
            // A change that makes too much of it is left out, since what others may write to a file has a limit too.
            input = changed.length > LONGEST ? input : changed;
        }
        return input;
    }

    private byte[] change(byte[] input, SplittableRandom random) {
        int from = random.nextInt(input.length + 1);
        int to = end(input, from, random);
        return switch (random.nextInt(14)) {
            case 0 -> replaced(input, from, from, bytes(random));
            case 1 -> replaced(input, from, Math.min(from + 1, input.length), bytes(random));
            case 2 -> replaced(input, from, to, new byte[0]);
            case 3 -> replaced(input, from, from, one(words, random));
            case 4 -> replaced(input, from, to, one(words, random));
            case 5 -> replaced(input, from, from, Arrays.copyOfRange(input, from, to));
            case 6 -> replaced(input, from, from, repeated(Arrays.copyOfRange(input, from, to), random));
            case 7 -> replaced(input, from, from, repeated(one(words, random), random));
            case 8 -> spliced(input, from, to, one(seeds, random), random);
            case 9 -> number(input, random);
            case 10 -> nested(input, from, to, random);
            case 11, 12 -> token(input, from, one(words, random));
            default -> Arrays.copyOf(input, from);
        };
    }

    /** Where a part ends that begins at an index: short parts are more frequent. */
    private static int end(byte[] input, int from, SplittableRandom random) {
        int length = random.nextInt(1 + random.nextInt(1 + input.length - from));
        return from + length;
    }

    private static byte[] bytes(SplittableRandom random) {
        byte[] bytes = new byte[1 + random.nextInt(4)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (random.nextBoolean() ? random.nextInt(256) : 32 + random.nextInt(95));
        }
        return bytes;
    }

    private static byte[] repeated(byte[] part, SplittableRandom random) {
        int times = random.nextInt(8) == 0 ? random.nextInt(MOST_REPETITIONS) : random.nextInt(50);
        int room = part.length == 0 ? 0 : LONGEST / part.length;
        return join(part, Math.min(times, room));
    }

    private static byte[] join(byte[] part, int times) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < times; i++) {
            all.write(part, 0, part.length);
        }
        return all.toByteArray();
    }

    /** A part of another input in the place of a part of this one. */
    private static byte[] spliced(byte[] input, int from, int to, byte[] other, SplittableRandom random) {
        int start = random.nextInt(other.length + 1);
        return replaced(input, from, to, Arrays.copyOfRange(other, start, end(other, start, random)));
    }

    /** Another number in the place of one of those that are there. */
    private byte[] number(byte[] input, SplittableRandom random) {
        int from = random.nextInt(input.length + 1);
        while (from < input.length && !isDigit(input[from])) {
            from++;
        }
        int to = from;
        while (to < input.length && isDigit(input[to])) {
            to++;
        }
        byte[] digits = random.nextInt(4) == 0
                ? join(new byte[] {(byte) ('0' + random.nextInt(10))}, 1 + random.nextInt(1 + random.nextInt(5_000)))
                : Long.toString(random.nextLong() >> random.nextInt(64)).getBytes(StandardCharsets.US_ASCII);
        return replaced(input, from, to, digits);
    }

    /** Another word in the place of one that is there. */
    private static byte[] token(byte[] input, int at, byte[] word) {
        int from = at;
        while (from > 0 && isPartOfToken(input[from - 1])) {
            from--;
        }
        int to = at;
        while (to < input.length && isPartOfToken(input[to])) {
            to++;
        }
        return replaced(input, from, to, word);
    }

    /** A part inside of itself: what stands before a place and behind another one, many times. */
    private static byte[] nested(byte[] input, int from, int to, SplittableRandom random) {
        int opened = Math.min(1 + random.nextInt(8), from);
        int closed = Math.min(1 + random.nextInt(8), input.length - to);
        int times = random.nextInt(8) == 0 ? random.nextInt(MOST_REPETITIONS / 4) : random.nextInt(200);
        byte[] before = join(Arrays.copyOfRange(input, from - opened, from), times);
        byte[] after = join(Arrays.copyOfRange(input, to, to + closed), times);
        return replaced(replaced(input, to, to, after), from, from, before);
    }

    private static boolean isPartOfToken(byte found) {
        return Character.isLetterOrDigit(found) || found == '.' || found == '-' || found == '+' || found == '_';
    }

    private static boolean isDigit(byte found) {
        return found >= '0' && found <= '9';
    }

    private static byte[] replaced(byte[] input, int from, int to, byte[] part) {
        byte[] result = Arrays.copyOf(input, input.length - (to - from) + part.length);
        System.arraycopy(part, 0, result, from, part.length);
        System.arraycopy(input, to, result, from + part.length, input.length - to);
        return result;
    }

    private static byte[] one(List<byte[]> choices, SplittableRandom random) {
        return choices.get(random.nextInt(choices.size()));
    }
}
