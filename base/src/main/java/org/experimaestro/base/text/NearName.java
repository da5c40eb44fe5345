package org.experimaestro.base.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A search for the names that were probably meant.
 *
 * <p>Names are compared by the Damerau–Levenshtein distance in its restricted form (optimal string alignment). It is
 * the number of letters to insert, delete, replace, or swap with their neighbor, where no part is edited twice. Upper
 * and lower case, {@code -} and {@code _} are equal.
 *
 * <p>Sources: F. J. Damerau, <i>A technique for computer detection and correction of spelling errors</i>,
 * Communications of the ACM 7(3), 1964; V. I. Levenshtein, <i>Binary codes capable of correcting deletions,
 * insertions, and reversals</i>, Soviet Physics Doklady 10(8), 1966.
 */
public final class NearName {
    /* The number of letters per error: a name may differ in one letter for each, and in one letter always. */
    private static final int LETTERS_PER_ERROR = 3;
    /*
     * The greatest ratio of lengths. A longer text differs in too many letters, even from a name whose letters become
     * two in lower case.
     */
    private static final int MOST_TIMES_LONGER = 3;

    private NearName() {}

    private record Candidate(String name, int distance) {}

    /**
     * Returns the name nearest to a mistyped name.
     *
     * @param mistyped the unknown name
     * @param known the known names
     * @return the nearest name, among equals the first in the order of {@code known}; empty if none is near
     */
    public static Optional<String> find(String mistyped, Collection<String> known) {
        return near(mistyped, known, 1).stream().findFirst();
    }

    /**
     * Returns the names near to a mistyped name, the nearest first.
     *
     * @param mistyped the unknown name
     * @param known the known names
     * @param limit the largest number of names to return
     * @return the names, equals in the order of {@code known}; empty if none is near
     */
    public static List<String> near(String mistyped, Collection<String> known, int limit) {
        return candidates(mistyped, known).limit(limit).map(Candidate::name).toList();
    }

    /**
     * Returns the question whether another name was meant.
     *
     * @param mistyped the unknown name
     * @param known the known names
     * @return {@code did you mean "a" or "b"?}, with the nearest name, or with the first two that are equally near;
     *     empty if none is near
     */
    public static Optional<String> advice(String mistyped, Collection<String> known) {
        List<Candidate> near = candidates(mistyped, known).toList();
        return near.isEmpty()
                ? Optional.empty()
                : Optional.of(question(near.stream()
                        .takeWhile(
                                candidate -> candidate.distance() == near.get(0).distance())
                        .limit(2)
                        .map(Candidate::name)
                        .toList()));
    }

    /**
     * Returns the question whether one of some names was meant.
     *
     * @param names at least one name
     * @return {@code did you mean "a" or "b"?}; invisible characters of a name are shown as escapes
     */
    public static String question(List<String> names) {
        return names.stream()
                .map(name -> "\"" + VisibleText.of(name) + "\"")
                .collect(Collectors.joining(" or ", "did you mean ", "?"));
    }

    /** Returns the known names that are near, the nearest first. */
    private static Stream<Candidate> candidates(String mistyped, Collection<String> known) {
        // A text that is far longer than all names is not compared letter by letter, because it may be a whole file.
        List<String> comparable = known.stream()
                .filter(name -> mistyped.length() <= MOST_TIMES_LONGER * name.length())
                .toList();
        if (comparable.isEmpty()) {
            return Stream.empty();
        }
        String wanted = fold(mistyped);
        int farthest = Math.max(1, wanted.length() / LETTERS_PER_ERROR);
        return comparable.stream()
                .map(name -> new Candidate(name, distance(wanted, fold(name))))
                // A distance equal to the name's length only means that all letters differ.
                .filter(candidate -> candidate.distance() <= farthest
                        && candidate.distance() < candidate.name().length())
                .sorted(Comparator.comparingInt(Candidate::distance));
    }

    /**
     * Returns the optimal string alignment distance of two texts. Upper and lower case differ.
     *
     * @param left the first text
     * @param right the second text
     * @return the number of edits, from 0 for equal texts to the length of the longer text
     */
    public static int distance(String left, String right) {
        int[] twoAgo = new int[right.length() + 1];
        int[] previous = new int[right.length() + 1];
        int[] current = new int[right.length() + 1];
        for (int j = 0; j <= right.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            current[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                int replaced = previous[j - 1] + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
                if (isSwapped(left, i, right, j)) {
                    current[j] = Math.min(current[j], twoAgo[j - 2] + 1);
                }
            }
            int[] oldest = twoAgo;
            twoAgo = previous;
            previous = current;
            current = oldest;
        }
        return previous[right.length()];
    }

    private static boolean isSwapped(String left, int i, String right, int j) {
        return i > 1 && j > 1 && left.charAt(i - 1) == right.charAt(j - 2) && left.charAt(i - 2) == right.charAt(j - 1);
    }

    private static String fold(String name) {
        return name.toLowerCase(Locale.ROOT).replace('-', '_');
    }
}
