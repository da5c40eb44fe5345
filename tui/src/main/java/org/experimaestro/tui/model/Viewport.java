package org.experimaestro.tui.model;

/** The part of a list that a screen shows: the cursor is in its middle, except near the ends of the list. */
public final class Viewport {
    private Viewport() {}

    /**
     * Returns the first line that is shown.
     *
     * @param cursor the line of the cursor
     * @param height the number of lines that are shown
     * @param total the number of lines of the list
     * @return an index, 0 if all lines are shown
     */
    public static int top(int cursor, int height, int total) {
        return Math.clamp(cursor - height / 2L, 0, Math.max(0, total - height));
    }
}
