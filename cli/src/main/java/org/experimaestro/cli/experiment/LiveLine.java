package org.experimaestro.cli.experiment;

import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.experimaestro.base.text.VisibleText;
import org.experimaestro.cli.output.Printer;
import org.experimaestro.cli.output.Screen;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jline.utils.InfoCmp.Capability;
import org.jspecify.annotations.Nullable;

/**
 * A line at the bottom of the terminal that changes in place. Other output of the process, also the plan's, scrolls
 * above it. Thread-safe.
 */
final class LiveLine implements AutoCloseable {
    private static final long PERIOD_MILLIS = 300;
    private static final int USUAL_WIDTH = 80;

    private final PrintStream systemOut = System.out;
    private final ScheduledExecutorService clock;
    private Terminal terminal;
    private IntFunction<String> text = width -> "";
    private AttributedString shown = AttributedString.EMPTY;
    private int shownWidth;
    private boolean hidden;
    private boolean closed;

    private LiveLine(Terminal terminal) {
        this.terminal = terminal;
        this.clock = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("experimaestro-live-line").factory());
        var _ = this.clock.scheduleAtFixedRate(this::draw, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        System.setOut(new PrintStream(new Above(systemOut), true, systemOut.charset()));
    }

    /** Opens a live line; returns {@code null} if the terminal does not support it. */
    static @Nullable LiveLine open() {
        // Without a terminal, the caller prints plain lines.
        return Screen.findTerminal().map(LiveLine::new).orElse(null);
    }

    synchronized void show(String line) {
        text = width -> line;
        draw();
    }

    synchronized void follow(RunCounts counts) {
        text = width -> LiveText.of(counts, width);
        draw();
    }

    /** Leaves the terminal to a view, and draws nothing from now on. */
    synchronized void hide() {
        clear();
        hidden = true;
        closeTerminal();
    }

    /** Takes the terminal again, after the view has given it back. */
    synchronized void unhide() {
        Optional<Terminal> again = closed ? Optional.empty() : Screen.findTerminal();
        if (again.isPresent()) {
            terminal = again.get();
            hidden = false;
            draw();
        }
    }

    private synchronized void draw() {
        if (hidden) {
            return;
        }
        ifOpen(() -> {
            int width = width();
            AttributedString line = fitted(text.apply(width - 1), width);
            if (!line.equals(shown) || width != shownWidth) {
                write(line);
                shown = line;
                shownWidth = width;
            }
        });
    }

    /**
     * Writes the line in the place of the last one. The cursor stands at the begin of the line, before and after: if the
     * terminal becomes narrower and wraps the line, all parts of it are behind the cursor, and are erased with the rest
     * of the screen.
     */
    private void write(AttributedString line) {
        terminal.puts(Capability.carriage_return);
        terminal.puts(Capability.clr_eos);
        line.print(terminal);
        terminal.puts(Capability.carriage_return);
        terminal.flush();
    }

    /** Returns a text as one line that fits a terminal of this width, for any content of the text. */
    static AttributedString fitted(String text, int width) {
        return new AttributedString(VisibleText.of(text)).columnSubSequence(0, Math.max(1, width - 1));
    }

    /** Returns the width. Some terminals, such as those of remote controls, report 0 columns. */
    private int width() {
        int columns = terminal.getSize().getColumns();
        return columns > 0 ? columns : USUAL_WIDTH;
    }

    private synchronized void clear() {
        if (hidden) {
            return;
        }
        ifOpen(() -> {
            write(AttributedString.EMPTY);
            shown = AttributedString.EMPTY;
        });
    }

    /**
     * Draws on the terminal unless the line is closed. JLine closes the terminal at the end of the process, at the same
     * time as the shutdown hook of the run's console. After any failure the live line is closed, and the standard
     * output is the original stream again.
     */
    private synchronized void ifOpen(Runnable drawing) {
        if (!closed) {
            try {
                drawing.run();
            } catch (RuntimeException | Error terminalIsClosed) {
                closed = true;
                release();
            }
        }
    }

    private void release() {
        clock.shutdownNow();
        System.setOut(systemOut);
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            clear();
            closed = true;
            release();
            if (!hidden) {
                closeTerminal();
            }
        }
    }

    private void closeTerminal() {
        try {
            terminal.close();
        } catch (IOException failed) {
            Printer.standardOutput().line("The terminal could not be left as it was: " + failed);
        }
    }

    /** A stream that collects whole lines and prints them above the live line. */
    private final class Above extends FilterOutputStream {
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();

        Above(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            synchronized (LiveLine.this) {
                line.write(b);
                printIf(b == '\n');
            }
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            synchronized (LiveLine.this) {
                line.write(bytes, offset, length);
                printIf(length > 0 && bytes[offset + length - 1] == '\n');
            }
        }

        private void printIf(boolean complete) throws IOException {
            if (complete || closed) {
                clear();
                line.writeTo(out);
                out.flush();
                line.reset();
                draw();
            }
        }
    }
}
