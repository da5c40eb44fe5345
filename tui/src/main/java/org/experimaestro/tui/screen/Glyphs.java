package org.experimaestro.tui.screen;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.experimaestro.tui.text.CellWidth;

/** The characters that a terminal can show. */
public enum Glyphs {
    /** All of Unicode. */
    UNICODE,
    /** ASCII only: the signs of this program have other signs there, and foreign characters are question marks. */
    ASCII;

    private static final Map<String, String> SIGNS = Map.ofEntries(
            Map.entry("█", "#"),
            Map.entry("✓", "+"),
            Map.entry("✗", "x"),
            Map.entry("▸", ">"),
            Map.entry("▒", "="),
            Map.entry("○", "o"),
            Map.entry("░", "o"),
            Map.entry("·", "."),
            Map.entry("–", "-"),
            Map.entry("—", "-"),
            Map.entry("─", "-"),
            Map.entry("│", "|"),
            Map.entry("▌", ">"),
            Map.entry("●", "*"),
            Map.entry("◌", "?"),
            Map.entry("×", "x"),
            Map.entry("±", "~"),
            Map.entry("…", "~"),
            Map.entry("▂", "_"),
            Map.entry("→", ">"),
            Map.entry("↑", "^"),
            Map.entry("↓", "v"),
            Map.entry("△", "!"));

    /**
     * Returns the characters of a terminal.
     *
     * @param charset the encoding of the terminal
     * @return all, if the encoding is one of Unicode
     */
    public static Glyphs of(Charset charset) {
        boolean isUnicode = charset.equals(StandardCharsets.UTF_8)
                || charset.name().toUpperCase(Locale.ROOT).startsWith("UTF");
        return isUnicode ? UNICODE : ASCII;
    }

    /**
     * Returns the text of a cell as it can be shown.
     *
     * @param cell a character with its marks; empty behind a wide one
     * @return a text of the same width
     */
    public String of(String cell) {
        if (this == UNICODE || cell.isEmpty() || cell.length() == 1 && cell.charAt(0) < 0x7F) {
            return cell;
        }
        String sign = SIGNS.get(cell);
        if (sign != null) {
            return sign;
        }
        int first = cell.codePointAt(0);
        String shown = first < 0x7F ? Character.toString(first) : "?";
        return CellWidth.of(first) == 2 ? shown + "?" : shown;
    }
}
