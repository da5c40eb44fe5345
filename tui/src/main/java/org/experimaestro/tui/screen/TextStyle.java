package org.experimaestro.tui.screen;

/**
 * The look of a cell. Immutable.
 *
 * @param ink its colour
 * @param bold whether it is bold
 * @param reverse whether ink and ground are exchanged
 */
public record TextStyle(Ink ink, boolean bold, boolean reverse) {
    /** The look of text. */
    public static final TextStyle PLAIN = new TextStyle(Ink.PLAIN, false, false);

    /** The look of text of less weight. */
    public static final TextStyle FAINT = new TextStyle(Ink.FAINT, false, false);

    /** The look of headings. */
    public static final TextStyle BOLD = new TextStyle(Ink.PLAIN, true, false);

    /** The look of marks of where one is. */
    public static final TextStyle ACCENT = new TextStyle(Ink.ACCENT, true, false);

    /** The look of what to look at. */
    public static final TextStyle MARK = new TextStyle(Ink.MARK, true, true);

    /**
     * Returns the look of a colour.
     *
     * @param ink the colour
     * @return a look that is neither bold nor reversed
     */
    public static TextStyle of(Ink ink) {
        return new TextStyle(ink, false, false);
    }

    /** Returns the same look, bold. */
    public TextStyle asBold() {
        return new TextStyle(ink, true, reverse);
    }

    /** Returns the same look, reversed. */
    public TextStyle asReverse() {
        return new TextStyle(ink, bold, true);
    }
}
