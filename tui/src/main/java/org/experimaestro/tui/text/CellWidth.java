package org.experimaestro.tui.text;

import org.jline.utils.WCWidth;

/** The widths of texts in cells of a terminal. */
public final class CellWidth {
    private CellWidth() {}

    /**
     * Returns the width of a character.
     *
     * @param character a code point
     * @return 2 for a wide one, 0 for a mark that stands on the one before, else 1
     */
    public static int of(int character) {
        boolean isPrintableAscii = character >= ' ' && character <= '~';
        return isPrintableAscii ? 1 : Math.max(0, WCWidth.wcwidth(character));
    }

    /**
     * Returns the width of a text.
     *
     * @param text a text without control characters
     * @return the number of its cells
     */
    public static int of(String text) {
        int width = 0;
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            width += of(text.codePointAt(at));
        }
        return width;
    }

    /**
     * Returns a text that is cut to a width.
     *
     * @param text a text without control characters
     * @param width the largest number of cells
     * @return the text; if it is too wide, its beginning and an ellipsis
     */
    public static String cut(String text, int width) {
        if (width <= 0) {
            return "";
        }
        if (text.length() <= width / 2 || of(text) <= width) {
            return text;
        }
        return text.substring(0, end(text, 0, width - 1)) + "…";
    }

    /**
     * Returns where a piece of a text ends that has a width.
     *
     * @param text a text without control characters
     * @param from the index at which the piece begins
     * @param width the largest number of cells
     * @return the index behind the piece, with the marks that stand on its last character
     */
    public static int end(String text, int from, int width) {
        int left = width;
        int end = from;
        while (end < text.length()) {
            int character = text.codePointAt(end);
            left -= of(character);
            if (left < 0) {
                break;
            }
            end += Character.charCount(character);
        }
        return end;
    }
}
