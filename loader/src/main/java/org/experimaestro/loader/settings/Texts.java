package org.experimaestro.loader.settings;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Small words of messages. */
final class Texts {
    private static final int LONGEST_LIST = 20;

    private Texts() {}

    static String quote(String text) {
        return "\"" + text + "\"";
    }

    /** The text, cut to a length with an ellipsis at the end; line breaks become spaces. */
    static String shorten(String text, int length) {
        String line = text.replace("\r\n", " ").replace('\n', ' ').replace('\r', ' ');
        return line.length() <= length ? line : line.substring(0, length - 1) + "…";
    }

    /** The names, separated by commas; the first ones only when there are many. */
    static String list(Collection<String> names) {
        String first = names.stream().limit(LONGEST_LIST).collect(Collectors.joining(", "));
        return names.size() <= LONGEST_LIST ? first : first + ", and " + (names.size() - LONGEST_LIST) + " more";
    }

    /** {@code did you mean "a" or "b"?}, for at least one name. */
    static String didYouMean(List<String> names) {
        return "did you mean " + names.stream().map(Texts::quote).collect(Collectors.joining(" or ")) + "?";
    }

    /** A class as its users write it: {@code TutorialPlan.Settings}, without the package. */
    static String name(Class<?> type) {
        Class<?> outer = type.getEnclosingClass();
        return outer == null ? type.getSimpleName() : name(outer) + "." + type.getSimpleName();
    }
}
