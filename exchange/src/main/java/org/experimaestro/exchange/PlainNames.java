package org.experimaestro.exchange;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A supply of names that other tools and all disks accept, each once: letters, digits and few signs of ASCII, no dot in
 * front. Other characters become {@code _}, and a name that is taken, also in other case, gets a number. Confined to one
 * thread.
 */
final class PlainNames {
    /** The most characters of a name: disks take 255 bytes, and MLflow 250 characters. */
    static final int LONGEST = 200;

    private final Pattern refused;
    private final Set<String> taken = new HashSet<>();

    /**
     * Creates a supply.
     *
     * @param refused the characters that the tool does not accept, with all beyond ASCII
     */
    PlainNames(Pattern refused) {
        this.refused = refused;
    }

    /** Returns a name that is like another one, and that was not returned before. */
    String next(String wanted) {
        String plain = refused.matcher(wanted).replaceAll("_");
        plain = plain.isBlank() || plain.startsWith(".") ? "_" + plain : plain;
        String name = cut(plain, LONGEST);
        for (int number = 2; !taken.add(name.toLowerCase(Locale.ROOT)); number++) {
            String suffix = "_" + number;
            name = cut(plain, LONGEST - suffix.length()) + suffix;
        }
        return name;
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length);
    }
}
