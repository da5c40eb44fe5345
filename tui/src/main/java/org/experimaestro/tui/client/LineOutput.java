package org.experimaestro.tui.client;

import java.io.IOException;
import java.io.OutputStream;

/** A stream whose lines are taken as they are written. Confined to one thread. */
final class LineOutput extends OutputStream {
    private final WholeText line = new WholeText();
    private final Lines lines;

    LineOutput(Lines lines) {
        this.lines = lines;
    }

    /** A taker of lines. */
    @FunctionalInterface
    interface Lines {
        /**
         * Takes a line without its end.
         *
         * @throws IOException if nobody wants more
         */
        void take(String line) throws IOException;
    }

    @Override
    public void write(int next) throws IOException {
        if (next == '\n') {
            String whole = line.toString();
            line.clear();
            lines.take(whole);
        } else {
            line.write(next);
        }
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        int begin = from;
        for (int i = from; i < from + length; i++) {
            if (bytes[i] == '\n') {
                line.write(bytes, begin, i - begin);
                begin = i + 1;
                write('\n');
            }
        }
        line.write(bytes, begin, from + length - begin);
    }
}
