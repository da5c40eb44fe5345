package org.experimaestro.cli.output;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;

/**
 * The output of this process while a view has the terminal: it is printed when that is left. Of very much output, the
 * last part is kept. Thread-safe.
 */
public final class HeldOutput implements AutoCloseable {
    private static final int MOST = 256 * 1024;

    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final ByteArrayOutputStream held = new ByteArrayOutputStream();
    private long dropped;
    private boolean isClosed;

    private HeldOutput() {}

    /** Begins to hold what is printed to {@code System.out} and {@code System.err}. */
    public static HeldOutput begin() {
        HeldOutput output = new HeldOutput();
        System.setOut(new PrintStream(output.new Held(output.out), true, output.out.charset()));
        System.setErr(new PrintStream(output.new Held(output.err), true, output.err.charset()));
        return output;
    }

    private synchronized void hold(byte[] bytes, int from, int length, OutputStream after) throws IOException {
        if (isClosed) {
            after.write(bytes, from, length); // somebody has kept the stream
            after.flush();
            return;
        }
        held.write(bytes, from, length);
        if (held.size() > 2 * MOST) {
            byte[] all = held.toByteArray();
            held.reset();
            held.write(all, all.length - MOST, MOST);
            dropped += all.length - MOST;
        }
    }

    @Override
    public synchronized void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        System.setOut(out);
        System.setErr(err);
        if (dropped > 0) {
            Printer.standardOutput().line("… " + dropped + " bytes of output are left out");
        }
        try {
            held.writeTo(out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible); // a PrintStream keeps its errors
        }
        out.flush();
    }

    private final class Held extends OutputStream {
        private final OutputStream after;

        Held(OutputStream after) {
            this.after = after;
        }

        @Override
        public void write(int one) throws IOException {
            hold(new byte[] {(byte) one}, 0, 1, after);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            hold(bytes, from, length, after);
        }
    }
}
