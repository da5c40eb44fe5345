package org.experimaestro.cli;

import org.experimaestro.internal.VisibleText;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** Styled text, from text that may look like picocli's markup itself. */
final class Styles {
    private static final String ERROR = "bold,fg(red)";

    private Styles() {}

    /** An error's message, with its label; what cannot be seen in it is shown as escapes. */
    static String error(String message, CommandLine line) {
        return apply(
                "Error: " + VisibleText.lines(message.stripTrailing()),
                ERROR,
                line.getColorScheme().ansi());
    }

    /** The text in a style of picocli, where the terminal wants styles; {@code NO_COLOR} is in {@code ansi}. */
    static String apply(String text, String style, Ansi ansi) {
        return style.isEmpty() || !ansi.enabled()
                ? text
                : Ansi.Style.on(Ansi.Style.parse(style)) + text + Ansi.Style.off(Ansi.Style.parse(style));
    }
}
