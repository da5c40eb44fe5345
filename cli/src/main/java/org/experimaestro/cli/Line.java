package org.experimaestro.cli;

import java.util.ArrayList;
import java.util.List;
import org.experimaestro.base.text.VisibleText;
import picocli.CommandLine.Help.Ansi;

/** A line for people, of parts with styles. What is hidden in a part, line ends too, is shown as escapes. */
final class Line {
    private final List<Part> parts = new ArrayList<>();

    private record Part(String text, String style) {
        Part {
            text = VisibleText.of(text);
        }
    }

    private Line() {}

    /** A line without a style; more may be added. */
    static Line of(String text) {
        return of(text, "");
    }

    /** A line with a style of picocli's markup, such as {@code bold,green}. */
    static Line of(String text, String style) {
        return new Line().add(text, style);
    }

    Line add(String text) {
        return add(text, "");
    }

    Line add(String text, String style) {
        parts.add(new Part(text, style));
        return this;
    }

    Line add(Line other) {
        parts.addAll(other.parts);
        return this;
    }

    /** How many columns it takes, as far as each character takes one. */
    int width() {
        return parts.stream()
                .mapToInt(part -> part.text().codePointCount(0, part.text().length()))
                .sum();
    }

    /** The text, with styles where the terminal wants them; {@code NO_COLOR} is in {@code ansi}. */
    String shown(Ansi ansi) {
        StringBuilder shown = new StringBuilder();
        parts.forEach(part -> shown.append(styled(part.text(), part.style(), ansi)));
        return shown.toString();
    }

    /** Styles a text that is visible. */
    static String styled(String visible, String style, Ansi ansi) {
        return style.isEmpty() || !ansi.enabled()
                ? visible
                : Ansi.Style.on(Ansi.Style.parse(style)) + visible + Ansi.Style.off(Ansi.Style.parse(style));
    }
}
