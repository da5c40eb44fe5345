package org.experimaestro.settings;

import java.util.Collection;
import java.util.stream.Collectors;
import org.experimaestro.base.text.VisibleText;

/** A collection of methods that format texts for messages. */
public final class Texts {
    private static final int LONGEST_LIST = 20;

    private Texts() {}

    /**
     * Returns a text in quotes.
     *
     * @param text the text
     * @return the text between double quotes; invisible characters are shown as escapes
     */
    public static String quote(String text) {
        return "\"" + VisibleText.of(text) + "\"";
    }

    /**
     * Returns a text on one line, of a bounded length.
     *
     * @param text any text
     * @param length the largest number of characters
     * @return the text, cut to the length with an ellipsis at the end; line breaks become spaces
     */
    public static String shorten(String text, int length) {
        String line = text.replace("\r\n", " ").replace('\n', ' ').replace('\r', ' ');
        return line.length() <= length ? line : line.substring(0, length - 1) + "…";
    }

    /**
     * Returns names as a list.
     *
     * @param names the names
     * @return the names, separated by commas; only the first names if there are many
     */
    public static String list(Collection<String> names) {
        String first = names.stream().limit(LONGEST_LIST).collect(Collectors.joining(", "));
        return names.size() <= LONGEST_LIST ? first : first + ", and " + (names.size() - LONGEST_LIST) + " more";
    }

    /** Returns a class as its users write it: {@code TutorialPlan.Settings}, without the package. */
    static String name(Class<?> type) {
        Class<?> outer = type.getEnclosingClass();
        return outer == null ? type.getSimpleName() : name(outer) + "." + type.getSimpleName();
    }
}
