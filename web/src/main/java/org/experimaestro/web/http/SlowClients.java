package org.experimaestro.web.http;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A watch over clients that stop reading: a write that waits too long is interrupted, which closes its connection.
 * Without it, such a client would keep its place for as long as it likes. Thread-safe.
 */
public final class SlowClients implements AutoCloseable {
    private static final int PIECE = 8 * 1024;

    private final long mostNanos;
    private final Set<WatchedOutput> waiting = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);

    private SlowClients(Duration most) {
        this.mostNanos = most.toNanos();
    }

    /**
     * Starts a watch.
     *
     * @param most the time that a client may take for a piece of some kilobytes
     * @return the watch, to be closed
     */
    public static SlowClients start(Duration most) {
        SlowClients clients = new SlowClients(most);
        Thread.ofVirtual().name("slow-clients").start(clients::watch);
        return clients;
    }

    OutputStream watched(OutputStream out) {
        return new WatchedOutput(out);
    }

    private void watch() {
        try {
            while (!closed.await(Math.min(mostNanos, TimeUnit.SECONDS.toNanos(1)), TimeUnit.NANOSECONDS)) {
                long now = System.nanoTime();
                waiting.forEach(output -> output.interruptIfSince(now - mostNanos));
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }

    private interface Step {
        void run() throws IOException;
    }

    private final class WatchedOutput extends FilterOutputStream {
        private @Nullable Thread writer;
        private long since;

        WatchedOutput(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int one) throws IOException {
            timed(() -> out.write(one));
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            // A client that reads slowly takes a large answer piece by piece, and is cut only when it takes none in
            // time.
            for (int done = 0; done < length; done += PIECE) {
                int start = from + done;
                int count = Math.min(PIECE, length - done);
                timed(() -> out.write(bytes, start, count));
            }
        }

        @Override
        public void flush() throws IOException {
            timed(out::flush);
        }

        @Override
        public void close() throws IOException {
            timed(out::close);
        }

        private void timed(Step step) throws IOException {
            begin();
            try {
                step.run();
            } finally {
                end();
            }
        }

        private synchronized void begin() {
            writer = Thread.currentThread();
            since = System.nanoTime();
            waiting.add(this);
        }

        private synchronized void end() {
            waiting.remove(this);
            writer = null;
        }

        /** Interrupts the writer while it writes, and never afterwards: {@link #end} waits for this method. */
        synchronized void interruptIfSince(long latest) {
            Thread waits = writer;
            if (waits != null && since - latest <= 0) {
                waits.interrupt();
            }
        }
    }
}
