package org.experimaestro.loader.source;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.experimaestro.base.text.NearName;

/** Advice for an unknown name: it lists the known names. */
final class NameAdvice {
    private static final int SHOWN = 8;

    private NameAdvice() {}

    /**
     * Returns the advice for an unknown name.
     *
     * @param name the name found
     * @param known the known names
     * @param kind the kind of the known names, in the plural
     */
    static String suggestion(String name, Collection<String> known, String kind) {
        if (known.isEmpty()) {
            return "there are no " + kind;
        }
        List<String> nearest = known.stream()
                .sorted(Comparator.comparingInt((String candidate) -> distance(name, candidate))
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
        String first = nearest.getFirst();
        String question = distance(name, first) <= Math.max(2, simpleName(name).length() / 3)
                ? "did you mean " + first + "? "
                : "";
        String list = String.join(", ", nearest.subList(0, Math.min(SHOWN, nearest.size())));
        String more = nearest.size() > SHOWN ? ", …" : "";
        String label = question.isEmpty() ? kind : kind.substring(0, 1).toUpperCase(Locale.ROOT) + kind.substring(1);
        return question + label + ": " + list + more;
    }

    /**
     * Returns the number of edits between two names, ignoring case. The same simple name in another package is near.
     */
    static int distance(String left, String right) {
        int whole = NearName.distance(left.toLowerCase(Locale.ROOT), right.toLowerCase(Locale.ROOT));
        int simple = NearName.distance(
                        simpleName(left).toLowerCase(Locale.ROOT),
                        simpleName(right).toLowerCase(Locale.ROOT))
                + 1;
        return Math.min(whole, simple);
    }

    private static String simpleName(String name) {
        String base = name.endsWith(".java") ? name.substring(0, name.length() - ".java".length()) : name;
        return base.substring(Math.max(base.lastIndexOf('.'), base.lastIndexOf('$')) + 1);
    }
}
