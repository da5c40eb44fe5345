package org.experimaestro.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.function.Consumer;
import org.experimaestro.base.text.VisibleText;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/**
 * The way out for all that this program prints: names, values and messages may be those of other people, so what a terminal
 * obeys or hides is shown as escapes, and only the styles that are added here act on it. A test in the module
 * {@code architecture} finds what is printed in other ways.
 *
 * <p>Lines of JSON and YAML go the same way: their escapes stand for the characters themselves.
 */
final class Printer {
    private static final String ERROR = "bold,fg(red)";
    private static final String INDENTATION = "  ";
    private static final String BAR = "    | ";

    private final Consumer<String> output;
    private final Ansi ansi;

    private Printer(Consumer<String> output, Ansi ansi) {
        this.output = output;
        this.ansi = ansi;
    }

    /** To the standard output of a command. */
    static Printer out(CommandLine line) {
        return to(line.getOut(), line);
    }

    /** To the standard error of a command. */
    static Printer err(CommandLine line) {
        return to(line.getErr(), line);
    }

    private static Printer to(PrintWriter writer, CommandLine line) {
        return new Printer(
                text -> {
                    writer.println(text);
                    writer.flush();
                },
                line.getColorScheme().ansi());
    }

    /** To the standard output, wherever that leads when something is printed: a live line puts itself in between. */
    static Printer standardOutput() {
        return new Printer(text -> System.out.println(text), Ansi.OFF);
    }

    /** To the standard error, without a command. */
    static Printer standardError() {
        return new Printer(text -> System.err.println(text), Ansi.OFF);
    }

    /** Whether the standard output is a terminal, which the start script says: the JVM cannot tell. */
    static boolean isTerminal() {
        return Boolean.getBoolean("experimaestro.terminal");
    }

    /** Prints an empty line. */
    void line() {
        line("");
    }

    /** Prints one line, whatever is in the text. */
    void line(String text) {
        output.accept(VisibleText.of(text));
    }

    /** Prints one line. */
    void line(Line line) {
        output.accept(line.shown(ansi));
    }

    /**
     * Prints a text of others that may have several lines. All but the first stand behind a bar, so that none passes for a
     * line of ours.
     *
     * @param label what stands before the text: part of the first line
     * @param text the message
     */
    void message(String label, String text) {
        output.accept(VisibleText.of(label) + continued(text, BAR));
    }

    /** Prints an error's message, with its label and in its style; all lines but the first are indented. */
    void error(String message) {
        output.accept(Line.styled("Error: " + indented(message), ERROR, ansi));
    }

    /** Prints a warning, as {@link #message} does. */
    void warning(String message) {
        message("Warning: ", message);
    }

    /** Prints lines as they are, such as those of YAML, in which no value has lines of its own. */
    void text(String lines) {
        output.accept(VisibleText.lines(lines.stripTrailing()));
    }

    /** A text of several lines, of which all but the first are indented. */
    static String indented(String text) {
        return continued(text, INDENTATION);
    }

    private static String continued(String text, String before) {
        return VisibleText.lines(text.stripTrailing()).replaceAll("\n(?!\n)", System.lineSeparator() + before);
    }

    /** An exception with its trace, as a text of several lines. */
    static String trace(Throwable thrown) {
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace, true));
        return trace.toString();
    }
}
