package org.experimaestro.tui.screen;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.Signals;
import org.jspecify.annotations.Nullable;

/**
 * The terminal of this process while the view is shown: its own screen, and keys that come at once. Closing it gives
 * the terminal back as it was, also at the end of the process. Thread-safe, but for inputs, which one thread reads.
 */
public final class TerminalDevice implements AutoCloseable {
    private static final int USUAL_COLUMNS = 80;
    private static final int USUAL_ROWS = 24;

    /** The other screen, no cursor, no wrapping, pastes in brackets, and a wheel that sends arrows; the title is kept. */
    private static final String ENTER =
            "\u001B[22;2t\u001B[?1049h\u001B[?25l\u001B[?7l\u001B[?2004h\u001B[?1007h\u001B[0m\u001B[2J";

    /** Clicks and the wheel, with their cells in decimal digits (the modes 1000 and 1006 of xterm). */
    private static final String MOUSE_ON = "\u001B[?1000h\u001B[?1006h";

    private static final String MOUSE_OFF = "\u001B[?1006l\u001B[?1000l";

    private static final String LEAVE =
            MOUSE_OFF + "\u001B[0m\u001B[?1007l\u001B[?2004l\u001B[?7h\u001B[?25h\u001B[?1049l\u001B[23;2t";

    private final Terminal terminal;
    private final Charset charset;
    private final OutputStream out = new FileOutputStream(FileDescriptor.out);
    private final Attributes before;
    private final KeyParser keys;
    private final Thread farewell = new Thread(this::restore, "terminal-farewell");
    private @Nullable TerminalKeeper keeper;
    private boolean isEntered;
    private boolean hasMouse;

    private TerminalDevice(Terminal terminal, Charset charset) {
        this.terminal = terminal;
        this.charset = charset;
        this.before = terminal.getAttributes();
        this.keys = new KeyParser(TerminalInput.start(charset));
    }

    /**
     * Opens the terminal of this process, and shows the view's screen.
     *
     * @param charset the encoding of the terminal
     * @return the terminal, to be closed; empty if there is none, or it cannot move its cursor
     * @throws IOException if its modes cannot be changed
     */
    public static Optional<TerminalDevice> open(Charset charset) throws IOException {
        Terminal terminal;
        try {
            terminal = TerminalBuilder.builder()
                    .system(true)
                    .dumb(false)
                    .encoding(charset)
                    .signalHandler(Terminal.SignalHandler.SIG_DFL)
                    .nativeSignals(false)
                    .graphemeCluster(false) // else it queries the terminal, and a late answer reaches the shell
                    .build();
        } catch (IOException | IllegalStateException noTerminal) {
            return Optional.empty();
        }
        TerminalDevice device = new TerminalDevice(terminal, charset);
        Runtime.getRuntime().addShutdownHook(device.farewell);
        device.enter();
        return Optional.of(device);
    }

    /**
     * Shows the view's screen, also again.
     *
     * @throws IOException if the terminal's modes cannot be changed
     */
    public synchronized void enter() throws IOException {
        if (isEntered) {
            return;
        }
        isEntered = true;
        TerminalKeeper started = TerminalKeeper.start(LEAVE);
        keeper = started;
        Attributes raw = new Attributes(before);
        raw.setLocalFlag(Attributes.LocalFlag.ICANON, false);
        raw.setLocalFlag(Attributes.LocalFlag.ECHO, false);
        raw.setLocalFlag(Attributes.LocalFlag.IEXTEN, false);
        raw.setInputFlag(Attributes.InputFlag.IXON, false);
        raw.setInputFlag(Attributes.InputFlag.ICRNL, false);
        raw.setControlChar(Attributes.ControlChar.VMIN, 1);
        raw.setControlChar(Attributes.ControlChar.VTIME, 0);
        // Ctrl-Z is a key here: the screen is given back before the process stops. Ctrl-C stays a signal.
        raw.setControlChar(Attributes.ControlChar.VSUSP, 0);
        terminal.setAttributes(raw);
        started.begin();
        write(ENTER + (hasMouse ? MOUSE_ON : ""));
    }

    /**
     * Asks the terminal for clicks, or no more. While it tells them, most terminals select text only with Shift.
     *
     * @param isWanted whether clicks are inputs
     * @throws IOException if the terminal has gone
     */
    public synchronized void mouse(boolean isWanted) throws IOException {
        hasMouse = isWanted;
        if (isEntered) {
            write(isWanted ? MOUSE_ON : MOUSE_OFF);
        }
    }

    /** Shows the user's screen, with the terminal as it was. */
    public synchronized void leave() {
        if (!isEntered) {
            return;
        }
        isEntered = false;
        try {
            write(LEAVE);
        } catch (IOException gone) {
            // A terminal that was closed needs nothing more.
        }
        try {
            terminal.setAttributes(before);
        } catch (RuntimeException | Error closed) {
            // JLine gives the modes back itself at the end of the process.
        }
        TerminalKeeper started = keeper;
        if (started != null) {
            started.close();
        }
        keeper = null;
    }

    /**
     * Returns the size now.
     *
     * @return the size; the usual one where a terminal reports none
     */
    public ScreenSize size() {
        Size size = terminal.getSize();
        return new ScreenSize(
                size.getColumns() > 0 ? size.getColumns() : USUAL_COLUMNS,
                size.getRows() > 0 ? size.getRows() : USUAL_ROWS);
    }

    /**
     * Sets what is called when the size has changed.
     *
     * @param resized the call, in a thread of signals
     */
    public void onResize(Runnable resized) {
        Signals.register("WINCH", resized); // a terminal of JLine without native signals hears of none
    }

    /**
     * Sets what is called in place of the process's end when the user presses Ctrl-C.
     *
     * @param interrupted the call, in a thread of signals
     */
    public void onInterrupt(Runnable interrupted) {
        Signals.register("INT", interrupted);
    }

    /**
     * Waits for a key or a click.
     *
     * @return the input; empty when the terminal has gone
     */
    public Optional<Input> readInput() {
        try {
            return keys.read();
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    /**
     * Writes control sequences and text.
     *
     * @param output the output, of characters that the terminal can show
     * @throws IOException if the terminal has gone
     */
    public synchronized void write(String output) throws IOException {
        out.write(output.getBytes(charset));
        out.flush();
    }

    /**
     * Gives a text to the clipboard of the terminal (OSC 52); terminals that do not support it ignore it.
     *
     * @param text the text
     * @throws IOException if the terminal has gone
     */
    public void copy(String text) throws IOException {
        String encoded = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        write("\u001B]52;c;" + encoded + "\u0007");
    }

    /**
     * Sets the title of the terminal's window.
     *
     * @param title a text without control characters
     * @throws IOException if the terminal has gone
     */
    public void title(String title) throws IOException {
        write("\u001B]2;" + title + "\u0007");
    }

    /** Stops this process, and the others of its job in the user's shell, until the user continues them. */
    public void suspend() throws IOException {
        leave();
        try {
            new ProcessBuilder("sh", "-c", "kill -TSTP 0").start().waitFor();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
        enter();
    }

    private void restore() {
        leave();
    }

    @Override
    public void close() {
        leave();
        try {
            Runtime.getRuntime().removeShutdownHook(farewell);
        } catch (IllegalStateException endsAnyway) {
            return; // the process is ending: JLine closes the terminal itself
        }
        try {
            terminal.close();
        } catch (IOException gone) {
            return;
        }
    }
}
