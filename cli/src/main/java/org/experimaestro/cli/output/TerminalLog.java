package org.experimaestro.cli.output;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.experimaestro.base.text.VisibleText;

/**
 * A stream that passes a job's log, in UTF-8, on to a terminal. Lines, tabs and colors are kept. A carriage return
 * clears its line and starts it again, as progress bars expect. Other characters that act on a terminal, or are hidden,
 * are printed as escapes.
 *
 * <p>Colors are the SGR sequences of ECMA-48, which {@code less -R} keeps too. They end with their line. Confined to
 * one thread.
 */
public final class TerminalLog extends OutputStream {
    /**
     * The largest number of parameter characters in a color sequence that is kept. This suffices to set all attributes
     * and two colors.
     */
    private static final int LONGEST_COLOR = 64;

    private static final char ESCAPE = '\u001B';
    private static final Pattern KEPT = Pattern.compile("\\e\\[[0-9;:]{0," + LONGEST_COLOR + "}m|\\r*\\n|\\r+");
    private static final Pattern UNFINISHED_COLOR = Pattern.compile("\\e(\\[[0-9;:]{0," + LONGEST_COLOR + "})?");

    private static final String PLAIN = "\u001B[m";
    private static final String LINE_ANEW = "\r\u001B[K";

    private final PrintStream terminal;
    private final boolean keepsColors;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private ByteBuffer bytes = ByteBuffer.allocate(0);
    private String pending = "";
    private boolean colored;

    /**
     * Creates a stream to a terminal.
     *
     * @param terminal the terminal, which stays open
     * @param keepsColors false if the user wants no colors
     */
    public TerminalLog(PrintStream terminal, boolean keepsColors) {
        this.terminal = terminal;
        this.keepsColors = keepsColors;
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] more, int offset, int length) {
        // A character's first bytes may have arrived in an earlier call.
        ByteBuffer all = ByteBuffer.allocate(bytes.remaining() + length)
                .put(bytes)
                .put(more, offset, length)
                .flip();
        CharBuffer text = CharBuffer.allocate(all.remaining() + 1);
        decoder.decode(all, text, false);
        bytes = all;
        pending += text.flip();
        int end = unfinished(pending);
        show(pending.substring(0, end));
        pending = pending.substring(end);
        if (pending.startsWith("\r")) {
            pending = "\r"; // one stands for any number of them, so that they do not accumulate
        }
    }

    /**
     * Finds the end of a text that may continue as a kept sequence: a color, or carriage returns.
     *
     * @param text the text that has arrived
     * @return the index at which the unfinished sequence begins; the length of the text if there is none
     */
    public static int unfinished(CharSequence text) {
        int end = text.length();
        int at = end;
        while (at > 0 && text.charAt(at - 1) == '\r') {
            at--;
        }
        if (at < end) {
            return at;
        }
        int first = Math.max(0, end - LONGEST_COLOR - "\u001B[".length());
        for (at = end - 1; at >= first; at--) {
            if (text.charAt(at) == ESCAPE) {
                return UNFINISHED_COLOR.matcher(text).region(at, end).matches() ? at : end;
            }
        }
        return end;
    }

    private void show(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        Matcher kept = KEPT.matcher(text);
        int from = 0;
        while (kept.find()) {
            shown.append(VisibleText.lines(text.substring(from, kept.start())));
            from = kept.end();
            char last = text.charAt(from - 1);
            if (last == 'm' && keepsColors) {
                colored = true;
                shown.append(kept.group());
            } else if (last != 'm') {
                shown.append(colored ? PLAIN : "").append(last == '\n' ? "\n" : LINE_ANEW);
                colored = false;
            }
        }
        shown.append(VisibleText.lines(text.substring(from)));
        terminal.append(shown);
    }

    @Override
    public void flush() throws IOException {
        if (terminal.checkError()) {
            throw new IOException("nobody reads this any longer");
        }
    }

    /** Prints the unfinished rest; the terminal stays open. */
    @Override
    public void close() {
        show(pending + (bytes.hasRemaining() ? "\uFFFD" : ""));
        terminal.append(colored ? PLAIN : "").flush();
    }
}
