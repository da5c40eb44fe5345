package org.experimaestro.cli.output;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.experimaestro.base.text.VisibleText;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/**
 * A printer for all output of this program. Names, values and messages may come from other people. Therefore characters
 * that act on a terminal, or are hidden, are printed as escapes. Only the styles that are added here act on the
 * terminal. A test in the module {@code architecture} finds other ways of printing.
 *
 * <p>Lines of JSON and YAML are printed in the same way: a reader of these formats turns the escapes into the
 * characters.
 */
public final class Printer {
    private static final String ERROR = "bold,fg(red)";
    private static final String INDENTATION = "  ";
    private static final String BAR = "    | ";
    private static final int PART = 4096;

    private final Consumer<String> writer;
    private final Runnable flush;
    private final Ansi ansi;

    private Printer(Consumer<String> writer, Runnable flush, Ansi ansi) {
        this.writer = writer;
        this.flush = flush;
        this.ansi = ansi;
    }

    /** Returns a printer to the standard output of a command. */
    public static Printer out(CommandLine line) {
        return to(line.getOut(), line);
    }

    /** Returns a printer to the standard error of a command. */
    public static Printer err(CommandLine line) {
        return to(line.getErr(), line);
    }

    private static Printer to(PrintWriter writer, CommandLine line) {
        // A picocli writer may flush at each println.
        return new Printer(
                text -> writer.write(text + System.lineSeparator()),
                writer::flush,
                line.getColorScheme().ansi());
    }

    /** Returns a printer to {@code System.out} as it is at each print, because a live line replaces that stream. */
    public static Printer standardOutput() {
        return new Printer(text -> System.out.println(text), () -> {}, Ansi.OFF);
    }

    /** Returns a printer to the standard error, without a command. */
    public static Printer standardError() {
        return new Printer(text -> System.err.println(text), () -> {}, Ansi.OFF);
    }

    /**
     * Returns whether the standard output is a terminal. The start script sets this property, because the JVM cannot
     * tell.
     */
    public static boolean isTerminal() {
        return Boolean.getBoolean("experimaestro.terminal");
    }

    /** Prints an empty line. */
    public void line() {
        line("");
    }

    /** Prints a text as one line, also if it contains line breaks. */
    public void line(String text) {
        print(VisibleText.of(text));
    }

    public void line(Line line) {
        print(line.shown(ansi));
    }

    /**
     * Prints a line for each row, as {@link #line(Line)} does, and flushes the output once, after the last one. Several
     * threads make the lines, a part at a time, because a listing may have a hundred thousand of them.
     *
     * @param rows the rows, of which any can be reached at once
     * @param line makes the line of a row
     */
    public <R> void lines(List<R> rows, Function<? super R, Line> line) {
        try {
            for (int start = 0; start < rows.size(); start += PART) {
                rows.subList(start, Math.min(start + PART, rows.size())).parallelStream()
                        .map(row -> line.apply(row).shown(ansi))
                        .toList()
                        .forEach(writer);
            }
        } finally {
            flush.run();
        }
    }

    private void print(String text) {
        writer.accept(text);
        flush.run();
    }

    /**
     * Prints a text from another source, which may have several lines. All lines but the first follow a bar, so that
     * none imitates a line of this program.
     *
     * @param label the begin of the first line, before the text
     * @param text the message
     */
    public void message(String label, String text) {
        print(VisibleText.of(label) + continued(text, BAR));
    }

    /** Prints an error's message with its label and style; all lines but the first are indented. */
    public void error(String message) {
        print(Line.styled("Error: " + indented(message), ERROR, ansi));
    }

    /** Prints a warning, as {@link #message} does. */
    public void warning(String message) {
        message("Warning: ", message);
    }

    /** Prints a text with its line breaks, such as YAML, whose values contain none. */
    public void text(String lines) {
        print(VisibleText.lines(lines.stripTrailing()));
    }

    /** Returns a text whose lines, all but the first, are indented. */
    public static String indented(String text) {
        return continued(text, INDENTATION);
    }

    private static String continued(String text, String before) {
        return VisibleText.lines(text.stripTrailing()).replaceAll("\n(?!\n)", System.lineSeparator() + before);
    }

    /** Returns an exception with its trace, as a text of several lines. */
    public static String trace(Throwable thrown) {
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace, true));
        return trace.toString();
    }
}
