package org.experimaestro.internal;

import java.util.Locale;

/**
 * Text that people wrote, made safe to show: each character that a terminal obeys or hides is written as its escape in
 * Java, such as {@code \u001B}.
 *
 * <p>Those are the control characters (C0, DEL, C1), the characters of format (which turn the direction of text, join, or
 * have no width), the separators of lines and paragraphs, fillers, and halves of surrogate pairs. What another program
 * reads must keep the true text: this is for messages and listings.
 */
public final class VisibleText {
    /** Invisible, though Unicode counts them among the letters and marks. */
    private static final String FILLERS = "\u034F\u115F\u1160\u17B4\u17B5\u3164\uFFA0";

    private VisibleText() {}

    /**
     * A text as a part of one line.
     *
     * @param text any text
     * @return the text, line breaks and tabs written as {@code \n}, {@code \r} and {@code \t}
     */
    public static String of(String text) {
        return escape(text, false);
    }

    /**
     * A text of one or more lines.
     *
     * @param text any text
     * @return the text, with its line breaks and tabs; a carriage return that ends no line is written as {@code \r}
     */
    public static String lines(String text) {
        return escape(text, true);
    }

    private static String escape(String text, boolean keepsLines) {
        int at = 0;
        while (at < text.length() && !isEscaped(text, at, keepsLines)) {
            at += Character.charCount(text.codePointAt(at));
        }
        if (at == text.length()) {
            return text;
        }
        var shown = new StringBuilder(text.length() + 16).append(text, 0, at);
        while (at < text.length()) {
            int character = text.codePointAt(at);
            int next = at + Character.charCount(character);
            if (isEscaped(text, at, keepsLines)) {
                append(shown, text, at, next);
            } else {
                shown.append(text, at, next);
            }
            at = next;
        }
        return shown.toString();
    }

    private static boolean isEscaped(String text, int at, boolean keepsLines) {
        int character = text.codePointAt(at);
        if (character == '\n' || character == '\t') {
            return !keepsLines;
        }
        if (character == '\r') {
            return !keepsLines || !text.startsWith("\r\n", at);
        }
        int type = Character.getType(character);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || type == Character.SURROGATE
                || FILLERS.indexOf(character) >= 0;
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
}
