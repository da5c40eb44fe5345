package org.experimaestro.cli.output;

import java.util.ArrayList;
import java.util.List;
import org.experimaestro.base.text.VisibleText;
import picocli.CommandLine.Help.Ansi;

/**
 * A line for people, made of styled parts. Hidden characters of a part, including line breaks, are shown as escapes.
 */
public final class Line {
    private final List<Part> parts = new ArrayList<>();

    private record Part(String text, String style) {
        Part {
            text = VisibleText.of(text);
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
        parts.add(new Part(text, style));
        return this;
    }

    public Line add(Line other) {
        parts.addAll(other.parts);
        return this;
    }

    /** Returns the width in columns, counting one column for each character. */
    public int width() {
        return parts.stream()
                .mapToInt(part -> part.text().codePointCount(0, part.text().length()))
                .sum();
    }

    /** Returns the text, styled if {@code ansi} is enabled, which depends on the terminal and on {@code NO_COLOR}. */
    public String shown(Ansi ansi) {
        StringBuilder shown = new StringBuilder();
        parts.forEach(part -> shown.append(styled(part.text(), part.style(), ansi)));
        return shown.toString();
    }

    /** Returns a text with a style; its hidden characters must have been replaced. */
    public static String styled(String visible, String style, Ansi ansi) {
        return style.isEmpty() || !ansi.enabled()
                ? visible
                : Ansi.Style.on(Ansi.Style.parse(style)) + visible + Ansi.Style.off(Ansi.Style.parse(style));
    }
}
