package org.experimaestro.web.remote;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A pipe in memory, as those of processes are: bounded, and not interruptible. It can be cut after any byte, and can lose
 * what is written.
 */
final class BytePipe {
    private static final int CAPACITY = 64 * 1024;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final byte[] ring = new byte[CAPACITY];
    private long written;
    private long read;
    private long cutAt = Long.MAX_VALUE;
    private boolean isLosing;
    private boolean isEnded;

    /** Lets the pipe end when so many bytes have been read. */
    void cutAfter(long bytes) {
        change(() -> cutAt = bytes);
    }

    /** Ends the pipe now: what was not read is lost. */
    void cut() {
        change(() -> cutAt = read);
    }

    /** Lets all that is written from now on disappear, as a network that is away does. */
    void lose() {
        change(() -> isLosing = true);
    }

    /** Returns the number of bytes that were read. */
    long count() {
        lock.lock();
        try {
            return read;
        } finally {
            lock.unlock();
        }
    }

    InputStream input() {
        return new InputStream() {
            @Override
            public int read() {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] bytes, int from, int length) {
                return take(bytes, from, length);
            }
        };
    }

    OutputStream output() {
        return new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                put(new byte[] {(byte) one}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                put(bytes, from, length);
            }

            @Override
            public void close() {
                end();
            }
        };
    }

    private void end() {
        change(() -> isEnded = true);
    }

    private void change(Runnable what) {
        lock.lock();
        try {
            what.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private int take(byte[] bytes, int from, int length) {
        lock.lock();
        try {
            while (written == read && read < cutAt && !isEnded) {
                changed.awaitUninterruptibly();
            }
            if (read >= cutAt || written == read) {
                return -1;
            }
            int at = (int) (read % CAPACITY);
            int count = (int) Math.min(Math.min(Math.min(length, written - read), cutAt - read), CAPACITY - at);
            System.arraycopy(ring, at, bytes, from, count);
            read += count;
            changed.signalAll();
            return count;
        } finally {
            lock.unlock();
        }
    }

    private void put(byte[] bytes, int from, int length) throws IOException {
        lock.lock();
        try {
            int done = 0;
            while (done < length && !isLosing) {
                while (written - read == CAPACITY && read < cutAt && !isEnded && !isLosing) {
                    changed.awaitUninterruptibly();
                }
                if (read >= cutAt || isEnded) {
                    throw new IOException("Broken pipe");
                }
                int at = (int) (written % CAPACITY);
                int count = (int) Math.min(Math.min(length - done, CAPACITY - (written - read)), CAPACITY - at);
                System.arraycopy(bytes, from + done, ring, at, count);
                written += count;
                done += count;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }
}
