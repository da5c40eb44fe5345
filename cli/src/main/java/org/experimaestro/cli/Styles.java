package org.experimaestro.cli;

import picocli.CommandLine.Help.Ansi;

/** Styled text, from text that may look like picocli's markup itself. */
final class Styles {
    private Styles() {}

    /** The text in a style of picocli, where the terminal wants styles; {@code NO_COLOR} is in {@code ansi}. */
    static String apply(String text, String style, Ansi ansi) {
        return style.isEmpty() || !ansi.enabled()
                ? text
                : Ansi.Style.on(Ansi.Style.parse(style)) + text + Ansi.Style.off(Ansi.Style.parse(style));
    }
}
