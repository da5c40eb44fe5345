package org.experimaestro.spi;

import java.util.List;
import java.util.Map;

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
        // The colon, a command that does nothing, is for a script without any: POSIX has no empty subshell.
        return "(\n:\n" + script + "\n) </dev/null\n";
    }

    /**
     * Commands that set variables, and hand them on to all processes that the script starts. The values are in no command
     * line: {@code export} is the shell's own.
     *
     * @param variables values by name
     * @return a command for each, in lines
     */
    public static String exports(Map<String, String> variables) {
        StringBuilder commands = new StringBuilder();
        variables.forEach((name, value) -> commands.append("export ")
                .append(name)
                .append('=')
                .append(quote(value))
                .append('\n'));
        return commands.toString();
    }

    /**
     * A text as the standard input of a command (section 2.7.4), whatever is in it.
     *
     * @param command what reads it
     * @param text lines, each with its end
     * @return the command, and the text in the lines behind it
     */
    public static String withInput(String command, String text) {
        String delimiter = "EXPERIMAESTRO_SCRIPT_END";
        List<String> lines = text.lines().toList();
        for (int number = 1; lines.contains(delimiter); number++) {
            delimiter = "EXPERIMAESTRO_SCRIPT_END_" + number;
        }
        return command + " <<'" + delimiter + "'\n" + text + delimiter + "\n";
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
