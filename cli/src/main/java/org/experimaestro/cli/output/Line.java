package org.experimaestro.cli.output;

import java.util.ArrayList;
import java.util.List;
import org.experimaestro.base.text.VisibleText;
import org.jline.utils.WCWidth;
import picocli.CommandLine.Help.Ansi;

/**
 * A line for people, made of styled parts. Hidden characters of a part, including line breaks, are shown as escapes.
 */
public final class Line {
    private static final Part NONE = Part.of("", "");

    /** The only part of most lines, which are the cells of tables; without a text if the line has no parts. */
    private Part first = NONE;

    private List<Part> others = List.of();
    private int width;

    /** A text without hidden characters, its style, and its width in columns. */
    private record Part(String text, String style, int width) {
        static Part of(String text, String style) {
            if (VisibleText.isPrintableAscii(text)) {
                return new Part(text, style, text.length());
            }
            String visible = VisibleText.of(text);
            return new Part(visible, style, Line.width(visible));
        }
    }

    private Line() {}

    /** Returns a line without a style, to which parts may be added. */
    public static Line of(String text) {
        return of(text, "");
    }

    /** Returns a line with a style of picocli's markup, such as {@code bold,green}. */
    public static Line of(String text, String style) {
        return new Line().add(text, style);
    }

    public Line add(String text) {
        return add(text, "");
    }

    public Line add(String text, String style) {
        if (!text.isEmpty()) {
            add(Part.of(text, style));
        }
        return this;
    }

    /** Adds spaces. */
    Line addSpaces(int count) {
        if (count > 0) {
            add(new Part(" ".repeat(count), "", count));
        }
        return this;
    }

    public Line add(Line other) {
        if (!other.isEmpty()) {
            add(other.first);
        }
        other.others.forEach(this::add);
        return this;
    }

    private void add(Part part) {
        width += part.width();
        if (isEmpty()) {
            first = part;
            return;
        }
        if (others.isEmpty()) {
            others = new ArrayList<>();
        }
        others.add(part);
    }

    private boolean isEmpty() {
        return first.text().isEmpty();
    }

    private List<Part> parts() {
        List<Part> parts = new ArrayList<>(others);
        parts.addFirst(first);
        return parts;
    }

    /** Returns the width in columns of a terminal. */
    public int width() {
        return width;
    }

    private static int width(String text) {
        int width = 0;
        int next;
        for (int at = 0; at < text.length(); at = next) {
            int character = text.codePointAt(at);
            width += width(character);
            next = at + Character.charCount(character);
        }
        return width;
    }

    private static int width(int character) {
        boolean isPrintableAscii = character >= ' ' && character <= '~';
        return isPrintableAscii ? 1 : Math.max(0, WCWidth.wcwidth(character));
    }

    /** Returns this line if it has at most {@code columns} columns, else its beginning with an ellipsis. */
    public Line cut(int columns) {
        if (width() <= columns) {
            return this;
        }
        Line line = new Line();
        int left = columns - 1;
        for (Part part : parts()) {
            int end = 0;
            while (end < part.text().length() && width(part.text().codePointAt(end)) <= left) {
                left -= width(part.text().codePointAt(end));
                end = part.text().offsetByCodePoints(end, 1);
            }
            boolean isCut = end < part.text().length();
            line.add(part.text().substring(0, end) + (isCut ? "…" : ""), part.style());
            if (isCut) {
                break;
            }
        }
        return line;
    }

    /** Returns the text, styled if {@code ansi} is enabled, which depends on the terminal and on {@code NO_COLOR}. */
    public String shown(Ansi ansi) {
        if (others.isEmpty()) {
            return styled(first.text(), first.style(), ansi);
        }
        StringBuilder shown = new StringBuilder(width).append(styled(first.text(), first.style(), ansi));
        others.forEach(part -> shown.append(styled(part.text(), part.style(), ansi)));
        return shown.toString();
    }

    /** Returns a text with a style; its hidden characters must have been replaced. */
    public static String styled(String visible, String style, Ansi ansi) {
        return style.isEmpty() || !ansi.enabled()
                ? visible
                : Ansi.Style.on(Ansi.Style.parse(style)) + visible + Ansi.Style.off(Ansi.Style.parse(style));
    }
}
