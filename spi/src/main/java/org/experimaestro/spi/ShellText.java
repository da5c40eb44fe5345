package org.experimaestro.spi;

/** Texts in shell scripts (POSIX.1-2017, Shell Command Language, section 2.2.2). */
public final class ShellText {
    private ShellText() {}

    /**
     * A text as one word of a script, whatever is in it.
     *
     * @param text any text without the character 0
     * @return the text in single quotes; a carriage return is written as a command that prints one, since there are batch
     *     systems that take a script with one for a text of another operating system, and refuse it
     */
    public static String quote(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("A shell script cannot hold the character 0: " + text);
        }
        return "'" + text.replace("'", "'\\''").replace("\r", "'\"$(printf '\\r')\"'") + "'";
    }

    /**
     * A script whose commands cannot read the script itself when the shell has it as its standard input: it is parsed as a
     * whole before its first command runs.
     *
     * @param script commands
     * @return commands that do the same in a shell of their own, whose input is empty
     */
    public static String withoutInput(String script) {
        return "(\n" + script + "\n) </dev/null\n";
    }

    /**
     * What a script begins with, for messages.
     *
     * @param script commands
     * @return its first line that is not blank, shortened to 80 characters
     */
    public static String firstLine(String script) {
        String line = script.strip().lines().findFirst().orElse("");
        return line.length() <= 80 ? line : line.substring(0, 79) + "\u2026";
    }
}
