package org.experimaestro.tui.text;

import org.experimaestro.base.text.VisibleText;

/**
 * Text of other programs, such as names and logs, as a terminal can show it: control sequences are left out, tabs are
 * spaces, and each other hidden character is written as its escape. So no text acts on the terminal.
 */
public final class ForeignText {
    private static final char ESCAPE = '\u001B';
    private static final char BELL = '\u0007';
    private static final int TAB = 8;

    private ForeignText() {}

    /**
     * Returns a text as a part of one line.
     *
     * @param text any text
     * @return its visible characters
     */
    public static String of(String text) {
        return isPlain(text) ? text : VisibleText.of(withoutJoiners(spaced(withoutSequences(text))));
    }

    /**
     * Returns a line of a log. A carriage return begins the line anew, as a terminal shows progress.
     *
     * @param line a line without its end
     * @return its visible characters, after the last carriage return
     */
    public static String logLine(String line) {
        String whole = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
        return of(whole.substring(whole.lastIndexOf('\r') + 1));
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }

    /** Leaves out the control sequences of ECMA-48, and strings such as titles and pictures with what is in them. */
    private static String withoutSequences(String text) {
        if (text.indexOf(ESCAPE) < 0) {
            return text;
        }
        StringBuilder kept = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            if (text.charAt(at) == ESCAPE) {
                at = endOfSequence(text, at + 1);
            } else {
                kept.append(text.charAt(at));
                at++;
            }
        }
        return kept.toString();
    }

    private static int endOfSequence(String text, int kind) {
        if (kind == text.length()) {
            return kind;
        }
        return switch (text.charAt(kind)) {
            case '[' -> endOfControl(text, kind + 1);
            case ']', 'P', '_', '^', 'X' -> endOfString(text, kind + 1);
            default -> endOfEscape(text, kind);
        };
    }

    private static int endOfControl(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= ' ' && text.charAt(at) < '@') {
            at++;
        }
        boolean isWhole = at < text.length() && text.charAt(at) >= '@' && text.charAt(at) <= '~';
        return isWhole ? at + 1 : at;
    }

    private static int endOfString(String text, int from) {
        for (int at = from; at < text.length(); at++) {
            if (text.charAt(at) == BELL) {
                return at + 1;
            }
            if (text.charAt(at) == ESCAPE) {
                return at + 1 < text.length() && text.charAt(at + 1) == '\\' ? at + 2 : at;
            }
        }
        return text.length();
    }

    private static int endOfEscape(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= ' ' && text.charAt(at) < '0') {
            at++;
        }
        boolean isWhole = at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '~';
        return isWhole ? at + 1 : at;
    }

    private static String spaced(String text) {
        if (text.indexOf('\t') < 0) {
            return text;
        }
        StringBuilder spaced = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '\t') {
                spaced.repeat(' ', TAB - spaced.length() % TAB);
            } else {
                spaced.append(text.charAt(i));
            }
        }
        return spaced.toString();
    }

    /** Leaves out joiners and selectors of variants: terminals do not agree on the width of what they make. */
    private static String withoutJoiners(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        text.codePoints()
                .filter(each -> each != 0x200C && each != 0x200D && (each < 0xFE00 || each > 0xFE0F))
                .forEach(kept::appendCodePoint);
        return kept.toString();
    }
}
