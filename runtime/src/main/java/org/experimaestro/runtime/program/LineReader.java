package org.experimaestro.runtime.program;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.experimaestro.base.file.NewFile;

/**
 * A thread that reads lines while a program runs: from its standard output, or from a file that it appends to. No
 * other thread interrupts it, so that the last lines are read also if the job is asked to end.
 */
abstract class LineReader extends Thread {
    private static final int CHUNK = 1 << 13;

    /** Nanoseconds. */
    private static final long MOST_SILENCE = TimeUnit.SECONDS.toNanos(2);

    private final LineSplitter lines;

    /** The number of bytes that were read. */
    private final AtomicLong taken = new AtomicLong();

    private LineReader(String name, LineSplitter lines) {
        super("experimaestro-" + name);
        setDaemon(true);
        this.lines = lines;
    }

    /**
     * Waits until the last line is read. To be called when the program has ended. A process that it has left, in a session
     * of its own, may hold its output for ever: then the wait ends when nothing has come for some seconds.
     */
    void finish() {
        ended();
        boolean interrupted = false;
        long before = -1;
        while (isAlive() && before != taken.get()) {
            before = taken.get();
            long end = System.nanoTime() + MOST_SILENCE;
            long left = MOST_SILENCE;
            while (isAlive() && left > 0) {
                try {
                    join(TimeUnit.NANOSECONDS.toMillis(left) + 1);
                } catch (InterruptedException again) {
                    interrupted = true;
                }
                left = end - System.nanoTime();
            }
        }
        if (isAlive()) {
            System.err.println("The program has left a process that holds its output, which is not read any longer");
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Tells this thread that the program has ended. */
    abstract void ended();

    /** Reads all that is there, and waits if the stream does. */
    final void readAll(InputStream in, boolean isPrinted) throws IOException {
        byte[] chunk = new byte[CHUNK];
        for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
            taken.addAndGet(length);
            if (isPrinted) {
                System.out.write(chunk, 0, length);
                System.out.flush();
            }
            lines.add(chunk, length);
        }
    }

    final void tellLast() {
        lines.end();
    }

    /** The reader of an output, which it prints, too: the job's log has it. */
    static LineReader ofOutput(InputStream output, LineSplitter lines) {
        return new LineReader("output", lines) {
            @Override
            public void run() {
                try (output) {
                    readAll(output, true);
                } catch (IOException unreadable) {
                    System.err.println("Cannot read the program's output any longer: " + unreadable);
                }
                tellLast();
            }

            @Override
            void ended() {
                // The stream ends.
            }
        };
    }

    /**
     * The reader of a file, which is made here, and deleted when it is read to its end. It looks for new lines twice a
     * second.
     *
     * @param file the file
     * @param lines takes the lines
     * @throws IOException if it cannot be made
     */
    static LineReader ofFile(Path file, LineSplitter lines) throws IOException {
        NewFile.open(file).close();
        return new FileReader(file, lines);
    }

    private static final class FileReader extends LineReader {
        private static final long PAUSE_MILLIS = 500;

        private final Path file;
        private final CountDownLatch ended = new CountDownLatch(1);

        FileReader(Path file, LineSplitter lines) {
            super("measurements", lines);
            this.file = file;
        }

        @Override
        public void run() {
            try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
                while (!awaitEnd()) {
                    readAll(in, false);
                }
                readAll(in, false);
                tellLast();
                Files.deleteIfExists(file);
            } catch (IOException unreadable) {
                System.err.println("Cannot read the program's measurements any longer: " + unreadable);
            }
        }

        /** Waits a moment, and returns whether the program has ended. */
        private boolean awaitEnd() {
            try {
                return ended.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
            } catch (InterruptedException notByUs) {
                return false; // the program's end counts
            }
        }

        @Override
        void ended() {
            ended.countDown();
        }
    }
}
