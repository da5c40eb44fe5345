package org.experimaestro.runtime.side;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A thread that copies the output of a program into a log, and begins another log when it is full. The one before is
 * kept, so that a program that runs for weeks leaves two logs. Once the log cannot be written, the output is dropped, so
 * that the program goes on.
 */
final class BoundedLog extends Thread {
    private static final int BUFFER_BYTES = 8192;

    private final InputStream output;
    private final Path log;
    private final Path former;
    private final long mostBytes;
    private boolean isLost;

    /**
     * Creates the thread, which does not keep the process alive.
     *
     * @param output the output of the program
     * @param log the log
     * @param former the place of the log before
     * @param mostBytes the largest size of a log
     */
    BoundedLog(InputStream output, Path log, Path former, long mostBytes) {
        super("experimaestro-log");
        setDaemon(true);
        this.output = output;
        this.log = log;
        this.former = former;
        this.mostBytes = mostBytes;
    }

    @Override
    public void run() {
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream input = output) {
            for (int read = input.read(buffer); read >= 0; read = input.read(buffer)) {
                write(buffer, read);
            }
        } catch (IOException closed) {
            // The program has ended.
        }
    }

    private void write(byte[] bytes, int count) {
        if (isLost) {
            return;
        }
        try {
            if (Files.exists(log, LinkOption.NOFOLLOW_LINKS) && Files.size(log) + count > mostBytes) {
                Files.move(log, former, StandardCopyOption.REPLACE_EXISTING);
            }
            try (OutputStream out = Files.newOutputStream(
                    log, StandardOpenOption.CREATE, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS)) {
                out.write(bytes, 0, count);
            }
        } catch (IOException failed) {
            isLost = true;
            System.err.println("The log is not complete from here on: " + failed);
        }
    }
}
