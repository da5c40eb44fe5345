package org.experimaestro.internal;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that was probably meant. */
public final class NearName {
    private NearName() {}

    /**
     * The nearest name, by the number of characters to insert, delete or replace (Levenshtein, 1966); case does not count.
     *
     * @param name the name that was found
     * @param known the names that there are
     * @return the first of the nearest, empty if none is near: a third of the letters differ, and more than one, or all
     */
    public static Optional<String> find(String name, Collection<String> known) {
        String nearest = null;
        int least = Math.max(1, name.length() / 3) + 1;
        for (String candidate : known) {
            int distance = distance(name.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
            // A distance as long as the name says only that all letters differ.
            if (distance < Math.min(least, candidate.length())) {
                least = distance;
                nearest = candidate;
            }
        }
        return Optional.ofNullable(nearest);
    }

    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
