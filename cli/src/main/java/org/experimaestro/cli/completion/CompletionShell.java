package org.experimaestro.cli.completion;

import java.util.Locale;

/** A shell that can complete command lines. */
enum CompletionShell {
    BASH,
    ZSH,
    FISH;

    /** Returns the shell's name. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns a text as one word of the shell. */
    String quote(String text) {
        return this == FISH
                ? "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
                : "'" + text.replace("'", "'\\''") + "'";
    }
}
