package org.experimaestro.spi;

/** Texts in shell scripts (POSIX.1-2017, Shell Command Language, section 2.2.2). */
public final class ShellText {
    private ShellText() {}

    /**
     * A text as one word of a script, whatever is in it.
     *
     * @param text any text without the character 0
     * @return the text in single quotes
     */
    public static String quote(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("A shell script cannot hold the character 0: " + text);
        }
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
