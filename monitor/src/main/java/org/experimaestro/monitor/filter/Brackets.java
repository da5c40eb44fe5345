package org.experimaestro.monitor.filter;

/** A search for the brackets in values that are written as they are shown, such as {@code [64, 32]}. */
final class Brackets {
    private static final String OPENING = "[{(";
    private static final String CLOSING = "]})";

    private Brackets() {}

    /** Returns the index of the bracket that closes the one at an index; -1 if there is none. */
    static int closing(String text, int index) {
        int kind = OPENING.indexOf(text.charAt(index));
        if (kind < 0) {
            return -1;
        }
        int depth = 0;
        for (int i = index; i < text.length(); i++) {
            if (text.charAt(i) == OPENING.charAt(kind)) {
                depth++;
            } else if (text.charAt(i) == CLOSING.charAt(kind) && --depth == 0) {
                return i;
            }
        }
        return -1;
    }
}
