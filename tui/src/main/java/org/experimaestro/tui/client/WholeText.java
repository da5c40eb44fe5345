package org.experimaestro.tui.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** A stream that keeps a text, up to a length. Confined to one thread. */
final class WholeText extends OutputStream {
    /** The longest text, in bytes: more than the largest answer, and room for it in memory. */
    private static final int LONGEST = 64 * 1024 * 1024;

    private final ByteArrayOutputStream text = new ByteArrayOutputStream();
    private final int longest;

    WholeText() {
        this(LONGEST);
    }

    /** Creates a stream with another longest text, in bytes. */
    WholeText(int longest) {
        this.longest = longest;
    }

    @Override
    public void write(int next) throws IOException {
        write(new byte[] {(byte) next}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        if (length > longest - text.size()) {
            throw new IOException("The answer, or a line of it, has more than " + longest + " bytes");
        }
        text.write(bytes, from, length);
    }

    /** Forgets the text. */
    void clear() {
        text.reset();
    }

    @Override
    public String toString() {
        return text.toString(StandardCharsets.UTF_8);
    }
}
