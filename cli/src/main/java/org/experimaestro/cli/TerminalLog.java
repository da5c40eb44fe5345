package org.experimaestro.cli;

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
 * Passes the log of a job, in UTF-8, on to a terminal. Lines, tabs and colors stay, and a carriage return begins its line
 * anew, as progress bars want it; all else that a terminal obeys or hides is shown as escapes.
 *
 * <p>Colors are the sequences of ECMA-48 that {@code less -R} passes on, SGR. They end with their line. Confined to one
 * thread.
 */
final class TerminalLog extends OutputStream {
    private static final Pattern KEPT = Pattern.compile("\\e\\[[0-9;:]*m|\\r*\\n|\\r+");
    /** What may be the beginning of something that is kept, at the end of what has arrived. */
    private static final Pattern UNFINISHED = Pattern.compile("(\\e(\\[[0-9;:]{0,64})?|\\r+)\\z");

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
     * Writes to a terminal.
     *
     * @param terminal gets the text; stays open
     * @param keepsColors false where the user wants none
     */
    TerminalLog(PrintStream terminal, boolean keepsColors) {
        this.terminal = terminal;
        this.keepsColors = keepsColors;
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] more, int offset, int length) {
        // The first bytes of a character may have come before the others.
        ByteBuffer all = ByteBuffer.allocate(bytes.remaining() + length)
                .put(bytes)
                .put(more, offset, length)
                .flip();
        CharBuffer text = CharBuffer.allocate(all.remaining() + 1);
        decoder.decode(all, text, false);
        bytes = all;
        pending += text.flip();
        Matcher unfinished = UNFINISHED.matcher(pending);
        int end = unfinished.find() ? unfinished.start() : pending.length();
        show(pending.substring(0, end));
        pending = pending.substring(end);
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

    /** Shows what has not become whole; the terminal stays open. */
    @Override
    public void close() {
        show(pending + (bytes.hasRemaining() ? "\uFFFD" : ""));
        terminal.append(colored ? PLAIN : "").flush();
    }
}
