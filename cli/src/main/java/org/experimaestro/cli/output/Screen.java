package org.experimaestro.cli.output;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedString;
import org.jline.utils.InfoCmp.Capability;
import picocli.CommandLine.Help.Ansi;

/** The screen of the terminal, whose content is replaced again and again. Confined to one thread. */
public final class Screen implements AutoCloseable {
    private static final int USUAL_WIDTH = 80;
    private static final int USUAL_HEIGHT = 24;

    private final Terminal terminal;
    private final Ansi ansi;
    private int paintedWidth;
    private int paintedHeight;

    /**
     * Creates a screen.
     *
     * @param terminal the terminal, which is closed with the screen
     * @param ansi whether lines have their styles
     */
    Screen(Terminal terminal, Ansi ansi) {
        this.terminal = terminal;
        this.ansi = ansi;
    }

    /** Opens the terminal of this process; empty if there is none, or if it does not support control sequences. */
    public static Optional<Terminal> findTerminal() {
        try {
            return Optional.of(TerminalBuilder.builder()
                    .system(true)
                    .dumb(false)
                    .signalHandler(Terminal.SignalHandler.SIG_DFL)
                    .nativeSignals(false)
                    .graphemeCluster(false) // else it queries the terminal, and a late answer reaches the shell
                    .build());
        } catch (IOException | IllegalStateException noTerminal) {
            return Optional.empty();
        }
    }

    /** Opens the screen of this process; empty as {@link #findTerminal}. */
    public static Optional<Screen> open(Ansi ansi) {
        return findTerminal().map(terminal -> new Screen(terminal, ansi));
    }

    /** Returns the width of this process's terminal in columns; empty if it is not known. */
    public static OptionalInt findWidth() {
        Optional<Terminal> found = findTerminal();
        if (found.isEmpty()) {
            return OptionalInt.empty();
        }
        try (Terminal terminal = found.get()) {
            int width = terminal.getSize().getColumns();
            return width > 0 ? OptionalInt.of(width) : OptionalInt.empty();
        } catch (IOException unknown) {
            return OptionalInt.empty();
        }
    }

    /** Returns the number of lines that the screen has now, without the last one, where the cursor stands. */
    public int height() {
        return Math.max(1, rows(terminal.getSize()) - 1);
    }

    /** Returns the number of lines. Some terminals, such as those of remote controls, report 0. */
    private static int rows(Size size) {
        return size.getRows() > 0 ? size.getRows() : USUAL_HEIGHT;
    }

    /**
     * Replaces the content of the screen. Lines are cut at its width. If there are more lines than the screen has, the
     * last one has the number of those that are left out. The size is asked for each time, because the user may have
     * changed it.
     */
    public void show(List<Line> lines) {
        Size size = terminal.getSize();
        int width = size.getColumns() > 0 ? size.getColumns() : USUAL_WIDTH;
        int height = rows(size);
        if (width != paintedWidth || height != paintedHeight) {
            terminal.puts(Capability.clear_screen);
            paintedWidth = width;
            paintedHeight = height;
        }
        terminal.puts(Capability.cursor_home);
        for (Line line : fitted(lines, height)) {
            // The last column stays empty: a terminal may begin the next line when it is filled.
            AttributedString.fromAnsi(line.cut(width - 1).shown(ansi)).print(terminal);
            terminal.puts(Capability.clr_eol);
            new AttributedString("\r\n").print(terminal);
        }
        terminal.puts(Capability.clr_eos);
        terminal.flush();
    }

    /** Returns lines for all of the screen but its last line, where the cursor stands. */
    static List<Line> fitted(List<Line> lines, int rows) {
        int most = Math.max(1, rows - 1);
        if (lines.size() <= most) {
            return lines;
        }
        List<Line> fitted = new ArrayList<>(lines.subList(0, most - 1));
        fitted.add(Line.of((lines.size() - fitted.size()) + " more lines"));
        return fitted;
    }

    @Override
    public void close() {
        try {
            terminal.close();
        } catch (IOException failed) {
            Printer.standardError().line("The terminal could not be left as it was: " + failed);
        }
    }
}
