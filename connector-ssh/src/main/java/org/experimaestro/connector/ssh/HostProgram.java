package org.experimaestro.connector.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.experimaestro.spi.Shell;
import org.experimaestro.spi.UnreachableException;

/**
 * A program that runs on a host, and talks by its standard streams. It ends when its input ends, or the connection is
 * lost. Thread-safe, but for each stream.
 */
public final class HostProgram implements AutoCloseable {
    /** The number of bytes that are kept of the end of the standard error. */
    private static final int LAST_ERRORS = 8 * 1024;

    private static final long MOST_ENDING_SECONDS = 5;

    private final Transport transport;
    private final Process process;
    private final Thread errorReader;
    private final StringBuilder errors = new StringBuilder();
    private volatile InputStream output;
    private volatile String mark = "";

    HostProgram(Transport transport, Process process) {
        this.transport = transport;
        this.process = process;
        this.output = process.getInputStream();
        this.errorReader = Thread.ofPlatform().daemon().name("host-errors").start(this::readErrors);
    }

    private void readErrors() {
        byte[] piece = new byte[LAST_ERRORS];
        try (InputStream stream = process.getErrorStream()) {
            for (int count = stream.read(piece); count >= 0; count = stream.read(piece)) {
                synchronized (errors) {
                    errors.append(new String(piece, 0, count, StandardCharsets.UTF_8));
                    errors.delete(0, Math.max(0, errors.length() - LAST_ERRORS));
                }
            }
        } catch (IOException closed) {
            return; // the program has ended, or is no longer wanted
        }
    }

    /** Notes that the script has begun, and where its own output is. */
    void begun(InputStream own, String beginMark) {
        output = own;
        mark = beginMark;
    }

    /** Returns the program's standard output. */
    public InputStream output() {
        return output;
    }

    /** Returns the program's standard input. Its end is a request to end. */
    public OutputStream input() {
        return process.getOutputStream();
    }

    /**
     * Waits some seconds for the end of the program, ends it otherwise, and returns why it has ended.
     *
     * @return the failure, with what the program or ssh has printed at last
     */
    public UnreachableException end() {
        boolean hasEnded = awaitEnd();
        process.destroy();
        String complaint = complaint();
        if (hasEnded && process.exitValue() == Transport.FAILED) {
            return transport.trouble(complaint, !mark.isEmpty());
        }
        String lines = Shell.Output.oneLine(complaint);
        return new UnreachableException("The program on " + transport.name() + " has ended"
                + (hasEnded ? " with exit code " + process.exitValue() : "")
                + (lines.isEmpty() ? "" : ": " + lines));
    }

    private boolean awaitEnd() {
        try {
            boolean hasEnded = process.waitFor(MOST_ENDING_SECONDS, TimeUnit.SECONDS);
            errorReader.join(TimeUnit.SECONDS.toMillis(1));
            return hasEnded;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private String complaint() {
        synchronized (errors) {
            String text = errors.toString();
            int at = mark.isEmpty() ? -1 : text.indexOf(mark);
            return at < 0 ? text : text.substring(at + mark.length());
        }
    }

    /** Ends the connection to the program, which ends it there. */
    @Override
    public void close() {
        // First, because closing its input waits for a write that may wait for the network.
        process.destroy();
        try {
            process.getOutputStream().close();
        } catch (IOException ended) {
            return; // it no longer reads
        }
    }
}
