package org.experimaestro.base.text;

import java.util.regex.Pattern;

/** A writer of words of shell scripts and command lines (POSIX.1-2017, Shell Command Language, section 2.2.2). */
public final class ShellWord {
    /** The texts that a shell reads as they are, at any place of a command behind its name. */
    private static final Pattern PLAIN = Pattern.compile("[\\w./:=@%+,-]+");

    private ShellWord() {}

    /**
     * Returns a text as one word, regardless of its characters.
     *
     * @param text any text without the character 0
     * @return the text in single quotes. A carriage return is written as a command that prints it, because some batch
     *     systems refuse scripts with carriage returns as texts of another operating system.
     * @throws IllegalArgumentException if the text has the character 0
     */
    public static String quote(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("A shell script cannot hold the character 0: " + text);
        }
        return "'" + text.replace("'", "'\\''").replace("\r", "'\"$(printf '\\r')\"'") + "'";
    }

    /**
     * Returns a text as one word for people, who read it more easily without quotes.
     *
     * @param text any text without the character 0
     * @return the text itself if a shell reads it as one word, otherwise the text in quotes
     */
    public static String of(String text) {
        return PLAIN.matcher(text).matches() ? text : quote(text);
    }
}
