package org.experimaestro.spi;

import java.util.List;
import java.util.Map;
import org.experimaestro.base.text.ShellWord;

/** A writer of texts in shell scripts (POSIX.1-2017, Shell Command Language, section 2.2.2). */
public final class ShellText {
    private ShellText() {}

    /**
     * Returns a text as one word of a script, regardless of its characters.
     *
     * @param text any text without the character 0
     * @return the text in single quotes. A carriage return is written as a command that prints it, because some batch
     *     systems refuse scripts with carriage returns as texts of another operating system.
     * @throws IllegalArgumentException if the text has the character 0
     */
    public static String quote(String text) {
        return ShellWord.quote(text);
    }

    /**
     * Returns a script whose commands cannot read the script itself, even if the shell reads it from standard input.
     * The script is parsed as a whole before its first command runs.
     *
     * @param script commands
     * @return commands that do the same in a separate shell, whose input is empty
     */
    public static String withoutInput(String script) {
        // The colon, a command that does nothing, is for a script without any: POSIX has no empty subshell.
        return "(\n:\n" + script + "\n) </dev/null\n";
    }

    /**
     * Returns commands that set variables, and export them to all processes that the script starts. The values are in
     * no command line, because {@code export} is built into the shell.
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
     * Returns a command with a text as its standard input (section 2.7.4), regardless of the text's characters.
     *
     * @param command the command that reads the text
     * @param text complete lines
     * @return the command, and the text in the lines after it
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
     * Returns the first line of a script, for messages.
     *
     * @param script commands
     * @return its first line that is not blank, shortened to 80 characters
     */
    public static String firstLine(String script) {
        String line = script.strip().lines().findFirst().orElse("");
        return line.length() <= 80 ? line : line.substring(0, 79) + "\u2026";
    }
}
