package org.experimaestro.tui.screen;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.experimaestro.tui.text.CellWidth;
import org.jspecify.annotations.Nullable;

/**
 * The cells of a screen. Text is cut at its edges, and a wide character has two cells. Confined to one thread.
 *
 * <p>Only text without control characters may be put: see {@link org.experimaestro.tui.text.ForeignText}.
 */
public final class Canvas {
    /** The second cell of a wide character. */
    static final String REST = "";

    private static final String BLANK = " ";

    private final ScreenSize size;
    private final String[] texts;
    private final TextStyle[] styles;
    /** The ways of the cursor to lines, by their rows. */
    private final Map<Integer, Integer> ways = new HashMap<>();

    /**
     * Creates a blank canvas.
     *
     * @param size its size
     */
    public Canvas(ScreenSize size) {
        this.size = size;
        this.texts = new String[size.columns() * size.rows()];
        this.styles = new TextStyle[texts.length];
        Arrays.fill(texts, BLANK);
        Arrays.fill(styles, TextStyle.PLAIN);
    }

    /** Returns the size. */
    public ScreenSize size() {
        return size;
    }

    /**
     * Puts a text.
     *
     * @param column the column of its first cell, which may be outside
     * @param row the line
     * @param text the text
     * @param style its look
     * @return the column behind it
     */
    public int put(int column, int row, String text, TextStyle style) {
        int at = column;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int character = text.codePointAt(i);
            int width = CellWidth.of(character);
            String shown = Character.toString(character);
            if (width == 0) {
                mark(at - 1, row, shown);
            } else {
                cell(at, row, at + width <= size.columns() ? shown : BLANK, style);
                if (width == 2) {
                    cell(at + 1, row, REST, style);
                }
            }
            at += width;
        }
        return at;
    }

    /**
     * Puts a text into a field.
     *
     * @param column the column of the field
     * @param row the line
     * @param width the width of the field
     * @param text the text, which is cut
     * @param style its look
     */
    public void field(int column, int row, int width, String text, TextStyle style) {
        put(column, row, CellWidth.cut(text, Math.min(width, size.columns() - column)), style);
    }

    /**
     * Puts a text at the right end of a field.
     *
     * @param end the column behind the field
     * @param row the line
     * @param text the text
     * @param style its look
     * @return the column of its first cell
     */
    public int right(int end, int row, String text, TextStyle style) {
        int column = end - CellWidth.of(text);
        put(column, row, text, style);
        return column;
    }

    /**
     * Gives the cells of a line another ground, by which the line of the cursor is known.
     *
     * @param row the line
     */
    public void highlight(int row) {
        if (row < 0 || row >= size.rows()) {
            return;
        }
        for (int at = row * size.columns(); at < (row + 1) * size.columns(); at++) {
            styles[at] = styles[at].asBold();
        }
    }

    /**
     * Records that the cursor can get to a line, for clicks.
     *
     * @param row the line
     * @param way the number of things that the cursor moves over, down if it is positive; 0 for its own line
     */
    public void reach(int row, int way) {
        ways.put(row, way);
    }

    /** Returns how the cursor gets to the lines on which it can stand, by their rows: see {@link #reach}. */
    public Map<Integer, Integer> ways() {
        return Map.copyOf(ways);
    }

    private void cell(int column, int row, String text, TextStyle style) {
        if (column >= 0 && column < size.columns() && row >= 0 && row < size.rows()) {
            int at = row * size.columns() + column;
            if (texts[at].equals(REST) && column > 0 && !text.equals(REST)) {
                texts[at - 1] = BLANK; // the other half of what was there
            }
            texts[at] = text;
            styles[at] = style;
        }
    }

    private void mark(int column, int row, String mark) {
        if (column >= 0 && column < size.columns() && row >= 0 && row < size.rows()) {
            int at = row * size.columns() + column;
            int owner = texts[at].equals(REST) && column > 0 ? at - 1 : at;
            texts[owner] += mark;
        }
    }

    /** Returns the text of a cell; empty for the second cell of a wide character. */
    String text(int column, int row) {
        return texts[row * size.columns() + column];
    }

    /** Returns the look of a cell. */
    TextStyle style(int column, int row) {
        return styles[row * size.columns() + column];
    }

    /** Returns whether a cell is the same in another canvas of this size. */
    boolean isSame(int column, int row, @Nullable Canvas other) {
        return other != null
                && text(column, row).equals(other.text(column, row))
                && style(column, row).equals(other.style(column, row));
    }

    /**
     * Returns the lines as text.
     *
     * @param glyphs the characters that may be shown
     * @return the lines without spaces at their ends; blank lines at the end are left out
     */
    public List<String> lines(Glyphs glyphs) {
        List<String> lines = new ArrayList<>();
        for (int row = 0; row < size.rows(); row++) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < size.columns(); column++) {
                line.append(glyphs.of(text(column, row)));
            }
            lines.add(line.toString().stripTrailing());
        }
        while (!lines.isEmpty() && lines.getLast().isEmpty()) {
            lines.removeLast();
        }
        return lines;
    }
}
