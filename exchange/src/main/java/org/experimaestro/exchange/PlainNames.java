package org.experimaestro.exchange;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A supply of names that another tool accepts, each once: other characters become {@code _}, and a name that is taken
 * gets a number. Confined to one thread.
 */
final class PlainNames {
    private final Pattern refused;
    private final int longest;
    private final Set<String> taken = new HashSet<>();

    /**
     * Creates a supply.
     *
     * @param refused the characters that the tool does not accept
     * @param longest the most characters of a name, at least 10
     */
    PlainNames(Pattern refused, int longest) {
        this.refused = refused;
        this.longest = longest;
    }

    /** Returns a name that is like another one, and that was not returned before. */
    String next(String wanted) {
        String plain = refused.matcher(wanted).replaceAll("_");
        plain = plain.isEmpty() || plain.chars().allMatch(letter -> letter == '.') ? "_" + plain : plain;
        String name = cut(plain, longest);
        for (int number = 2; !taken.add(name); number++) {
            String suffix = "_" + number;
            name = cut(plain, longest - suffix.length()) + suffix;
        }
        return name;
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length);
    }
}
