package org.experimaestro.tui.screen;

import org.jspecify.annotations.Nullable;

/**
 * A writer of the cells that differ from what the terminal shows, as control sequences of ECMA-48. Confined to one
 * thread.
 */
public final class ScreenWriter {
    private final Glyphs glyphs;
    private final boolean isColoured;
    private @Nullable Canvas shown;

    /**
     * Creates a writer for a terminal whose content is not known.
     *
     * @param glyphs the characters that it can show
     * @param isColoured whether it may show colours
     */
    public ScreenWriter(Glyphs glyphs, boolean isColoured) {
        this.glyphs = glyphs;
        this.isColoured = isColoured;
    }

    /** Forgets what the terminal shows, because others have written to it. */
    public void forget() {
        shown = null;
    }

    /**
     * Returns the output that makes the terminal show a canvas.
     *
     * @param canvas the canvas, which is not changed any more
     * @return control sequences and text; empty if the terminal shows it already
     */
    public String write(Canvas canvas) {
        Canvas before = shown != null && shown.size().equals(canvas.size()) ? shown : null;
        StringBuilder out = new StringBuilder();
        if (before == null) {
            out.append("\u001B[0m\u001B[2J");
        }
        TextStyle style = null;
        for (int row = 0; row < canvas.size().rows(); row++) {
            int cursor = -1;
            for (int column = 0; column < canvas.size().columns(); column++) {
                String cell = canvas.text(column, row);
                boolean isBlank = before == null
                        && cell.equals(" ")
                        && !canvas.style(column, row).reverse();
                if (cell.equals(Canvas.REST) || isBlank || canvas.isSame(column, row, before)) {
                    continue;
                }
                if (cursor != column) {
                    out.append("\u001B[")
                            .append(row + 1)
                            .append(';')
                            .append(column + 1)
                            .append('H');
                }
                if (!canvas.style(column, row).equals(style)) {
                    style = canvas.style(column, row);
                    append(out, style);
                }
                String text = glyphs.of(cell);
                out.append(text);
                // Terminals do not agree on the width of other characters: the next one is put at its column.
                cursor = text.length() == 1 && text.charAt(0) <= '~' ? column + 1 : -1;
            }
        }
        if (style != null) {
            out.append("\u001B[0m");
        }
        shown = canvas;
        return out.toString();
    }

    private void append(StringBuilder out, TextStyle style) {
        out.append("\u001B[0");
        if (style.bold()) {
            out.append(";1");
        }
        if (style.reverse()) {
            out.append(";7");
        }
        if (isColoured && style.ink() != Ink.PLAIN) {
            out.append(';').append(style.ink().code());
        }
        out.append('m');
    }
}
