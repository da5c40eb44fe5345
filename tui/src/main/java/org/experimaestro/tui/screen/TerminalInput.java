package org.experimaestro.tui.screen;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The characters that the terminal sends, read by a thread of their own. JLine's readers with a time limit would let the
 * terminal report the end of its input whenever nothing was typed, and after {@code kill -9} the user's shell would
 * read that end, and exit.
 */
final class TerminalInput implements KeyParser.Source {
    private final BlockingQueue<Integer> characters = new LinkedBlockingQueue<>();
    private final Reader reader;

    private TerminalInput(Reader reader) {
        this.reader = reader;
    }

    /** Begins to read the standard input of this process. */
    static TerminalInput start(Charset charset) {
        TerminalInput input = new TerminalInput(new InputStreamReader(new FileInputStream(FileDescriptor.in), charset));
        Thread.ofPlatform().daemon().name("terminal-input").start(input::readAll);
        return input;
    }

    private void readAll() {
        try {
            int next = reader.read();
            while (next >= 0) {
                characters.add(next);
                next = reader.read();
            }
        } catch (IOException gone) {
            // The same end as that of a terminal that was closed.
        }
        characters.add(KeyParser.END);
    }

    @Override
    public int read(long millis) {
        try {
            Integer next = characters.poll(millis, TimeUnit.MILLISECONDS);
            if (next == null) {
                return KeyParser.LATE;
            }
            if (next == KeyParser.END) {
                characters.add(next); // it stays the end
            }
            return next;
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            return KeyParser.END;
        }
    }
}
