package org.experimaestro.base.text;

import java.util.Locale;

/**
 * A filter that makes a text from another source safe to show. Each {@linkplain HiddenCharacter hidden character} is
 * written as its escape in Java, such as {@code \u001B}. Therefore no text acts on a terminal, imitates another text,
 * or begins a line of its own.
 *
 * <p>It hides control characters (C0, DEL, C1), characters of format (which turn the direction of text, or have no
 * width), separators of lines and paragraphs, fillers, and tags. Halves of surrogate pairs, and characters that are
 * for private use or not assigned in the Unicode of this JVM, are hidden too. The joiners of Indic and Arabic scripts
 * and of emoji, and the selectors of variants, are shown where scripts and emoji have them. Shown text stays the same
 * when it is shown again.
 *
 * <p>In a line of JSON, the escapes stand for the characters themselves, so a reader of JSON gets the original text.
 */
public final class VisibleText {
    private static final char REPLACEMENT = '\uFFFD';

    private VisibleText() {}

    /**
     * Returns a text as a part of one line.
     *
     * @param text any text
     * @return the text, line breaks and tabs written as {@code \n}, {@code \r} and {@code \t}
     */
    public static String of(String text) {
        return escape(text, false);
    }

    /**
     * Returns a text of one or more lines.
     *
     * @param text any text
     * @return the text, with its tabs and its line breaks, each of them {@code \n}; a carriage return inside a line
     *     is written as {@code \r}
     */
    public static String lines(String text) {
        return escape(text.indexOf('\r') < 0 ? text : text.replace("\r\n", "\n"), true);
    }

    /**
     * Returns one line, in which each character keeps its column.
     *
     * @param line a line without its end
     * @return the line with its tabs; U+FFFD, the replacement character, replaces each hidden character
     */
    public static String columns(String line) {
        var shown = new StringBuilder(line.length());
        for (int at = 0, next; at < line.length(); at = next) {
            next = line.offsetByCodePoints(at, 1);
            if (line.charAt(at) != '\t' && HiddenCharacter.isAt(line, at)) {
                shown.append(REPLACEMENT);
            } else {
                shown.append(line, at, next);
            }
        }
        return shown.toString();
    }

    /**
     * Returns the space beneath the beginning of a line that is shown by {@link #columns}, for a caret to follow.
     *
     * @param line the line
     * @param end the index at which the beginning ends
     * @return spaces, and the tabs of the line; none for marks and joiners, which take no column
     */
    public static String blank(String line, int end) {
        var blank = new StringBuilder(end);
        for (int at = 0; at < end; at = line.offsetByCodePoints(at, 1)) {
            boolean hasColumn = switch (Character.getType(line.codePointAt(at))) {
                case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT ->
                    HiddenCharacter.isAt(line, at);
                default -> true;
            };
            if (hasColumn) {
                blank.append(line.charAt(at) == '\t' ? '\t' : ' ');
            }
        }
        return blank.toString();
    }

    /**
     * Returns whether a text has nothing but printable characters of ASCII, which are shown as they are and of which each
     * takes one column. Most texts are of this kind.
     *
     * @param text any text
     * @return true also for an empty text
     */
    public static boolean isPrintableAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isPrintableAscii(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static String escape(String text, boolean keepsLines) {
        int at = 0;
        while (at < text.length() && (isPrintableAscii(text.charAt(at)) || !isHidden(text, at, keepsLines))) {
            at = isPrintableAscii(text.charAt(at)) ? at + 1 : text.offsetByCodePoints(at, 1);
        }
        if (at == text.length()) {
            return text;
        }
        var shown = new StringBuilder(text.length() + 16).append(text, 0, at);
        for (int next; at < text.length(); at = next) {
            next = text.offsetByCodePoints(at, 1);
            if (isHidden(text, at, keepsLines)) {
                append(shown, text, at, next);
            } else {
                shown.append(text, at, next);
            }
        }
        return shown.toString();
    }

    /** Returns whether a character is one of those that most texts consist of, which a listing has millions of. */
    private static boolean isPrintableAscii(char character) {
        return character >= ' ' && character <= '~';
    }

    private static boolean isHidden(String text, int at, boolean keepsLines) {
        char first = text.charAt(at);
        return !(keepsLines && (first == '\n' || first == '\t')) && HiddenCharacter.isAt(text, at);
    }

    private static void append(StringBuilder shown, String text, int from, int to) {
        char first = text.charAt(from);
        if (first == '\n' || first == '\r' || first == '\t') {
            shown.append(first == '\n' ? "\\n" : first == '\r' ? "\\r" : "\\t");
            return;
        }
        for (int i = from; i < to; i++) {
            shown.append(String.format(Locale.ROOT, "\\u%04X", (int) text.charAt(i)));
        }
    }

    /**
     * Returns a text in its printed form, cut to some characters.
     *
     * @param text the text
     * @param most the largest number of characters, at least 1
     * @return the printed form; one that is too long ends with {@code …}
     */
    public static String cut(String text, int most) {
        String visible = of(text);
        return visible.codePointCount(0, visible.length()) <= most
                ? visible
                : visible.substring(0, visible.offsetByCodePoints(0, most - 1)) + "…";
    }
}
