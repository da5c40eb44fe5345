package org.experimaestro.monitor.view;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.experimaestro.ConfigId;

/** Short forms of identifiers, with as many digits as tell them apart, but at least eight. Immutable. */
public final class ShortIdentifiers {
    /** The least number of digits. */
    public static final int LEAST_DIGITS = 8;

    private final Map<String, Integer> digits = new HashMap<>();

    /**
     * Computes the short forms.
     *
     * @param identifiers all identifiers that must be told apart
     */
    public ShortIdentifiers(Collection<ConfigId> identifiers) {
        List<String> sorted = alike(identifiers).distinct().sorted().toList();
        for (int i = 0; i < sorted.size(); i++) {
            // In sorted order, the identifier with the longest common beginning is a neighbor.
            int common = i == 0 ? 0 : common(sorted.get(i - 1), sorted.get(i));
            if (i + 1 < sorted.size()) {
                common = Math.max(common, common(sorted.get(i), sorted.get(i + 1)));
            }
            if (common >= LEAST_DIGITS) {
                digits.put(sorted.get(i), common + 1);
            }
        }
    }

    /** Returns the identifiers whose first digits are those of another one, which are few. */
    private static Stream<String> alike(Collection<ConfigId> identifiers) {
        int[] beginnings = identifiers.stream()
                .mapToInt(ShortIdentifiers::beginning)
                .sorted()
                .toArray();
        int[] repeated = IntStream.range(1, beginnings.length)
                .filter(i -> beginnings[i] == beginnings[i - 1])
                .map(i -> beginnings[i])
                .toArray();
        return repeated.length == 0
                ? Stream.of()
                : identifiers.stream()
                        .filter(id -> Arrays.binarySearch(repeated, beginning(id)) >= 0)
                        .map(ConfigId::toString);
    }

    private static int beginning(ConfigId id) {
        return ByteBuffer.wrap(id.toBytes()).getInt(); // two digits a byte
    }

    /**
     * Returns the short form of an identifier.
     *
     * @param id the identifier
     * @return its first digits
     */
    public String of(ConfigId id) {
        String text = id.toString();
        return text.substring(0, digits.isEmpty() ? LEAST_DIGITS : digits.getOrDefault(text, LEAST_DIGITS));
    }

    private static int common(String left, String right) {
        int length = 0;
        while (length < left.length() && left.charAt(length) == right.charAt(length)) {
            length++;
        }
        return length;
    }
}
