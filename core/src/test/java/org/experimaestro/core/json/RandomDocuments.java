package org.experimaestro.core.json;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A generator of documents with all the types of a parsed document, the same documents for the same seed. */
final class RandomDocuments {
    private static final int MAX_DEPTH = 6;

    private final Random random;

    RandomDocuments(long seed) {
        this.random = new Random(seed);
    }

    @Nullable
    Object next() {
        return value(0);
    }

    private @Nullable Object value(int depth) {
        int kinds = depth == MAX_DEPTH ? 7 : 11;
        return switch (random.nextInt(kinds)) {
            case 0 -> null;
            case 1 -> random.nextBoolean();
            case 2 -> random.nextLong() >> random.nextInt(64);
            case 3 -> large();
            case 4 -> finite();
            case 5 -> random.nextInt(2000) / 100.0 - 10;
            case 6 -> text();
            case 7, 8 -> list(depth);
            default -> map(depth);
        };
    }

    private List<@Nullable Object> list(int depth) {
        var elements = new ArrayList<@Nullable Object>();
        for (int i = random.nextInt(8); i > 0; i--) {
            elements.add(value(depth + 1));
        }
        return elements;
    }

    private Map<String, @Nullable Object> map(int depth) {
        var members = new LinkedHashMap<String, @Nullable Object>();
        for (int i = random.nextInt(8); i > 0; i--) {
            members.put(text(), value(depth + 1));
        }
        return members;
    }

    private BigInteger large() {
        var value = BigInteger.ONE.shiftLeft(Long.SIZE - 1).add(new BigInteger(random.nextInt(1, 300), random));
        return random.nextBoolean() ? value : value.negate().subtract(BigInteger.ONE);
    }

    private double finite() {
        while (true) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(value)) {
                return value;
            }
        }
    }

    private String text() {
        var text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            text.appendCodePoint(codePoint());
        }
        return text.toString();
    }

    private int codePoint() {
        int bits = random.nextInt(4);
        int code =
                random.nextInt(bits == 0 ? 0x20 : bits == 1 ? 0x80 : bits == 2 ? 0x3000 : Character.MAX_CODE_POINT + 1);
        boolean surrogate = code >= Character.MIN_SURROGATE && code <= Character.MAX_SURROGATE;
        return surrogate ? '\uFFFD' : code;
    }
}
