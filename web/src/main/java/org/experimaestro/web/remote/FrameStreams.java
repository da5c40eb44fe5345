package org.experimaestro.web.remote;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The two streams of one side. Frames are read by one thread, and written by any. Each side beats, so that the other one
 * notices a connection that is silently lost.
 */
final class FrameStreams {
    /** The time between two beats. */
    static final Duration BEAT = Duration.ofSeconds(5);

    /**
     * The silence after which the other side has gone, for both sides: so the far end drops the actions that wait soon
     * after the near end has given it up.
     */
    static final Duration MOST_SILENCE = Duration.ofSeconds(20);

    private static final int BUFFER = 64 * 1024;

    private final DataInputStream in;
    private final DataOutputStream out;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile long heard = System.nanoTime();

    FrameStreams(InputStream in, OutputStream out) {
        this.in = new DataInputStream(new BufferedInputStream(in, BUFFER));
        this.out = new DataOutputStream(new BufferedOutputStream(out, BUFFER));
    }

    /** Returns the stream on which the greeting comes before the first frame. */
    InputStream in() {
        return in;
    }

    /** Returns the stream on which the greeting is written before the first frame. */
    OutputStream out() {
        return out;
    }

    /**
     * Reads the next frame; empty at the end of the stream.
     *
     * @throws IOException if the stream ends within a frame, has no frame, or cannot be read
     */
    Optional<Frame> read() throws IOException {
        Optional<Frame> frame = Frame.read(in);
        heard = System.nanoTime();
        return frame;
    }

    /**
     * Writes a frame at once.
     *
     * @throws IOException if the other side has gone
     */
    void write(Frame frame) throws IOException {
        // Not interruptible: half a frame would be the end of all answers.
        lock.lock();
        try {
            frame.write(out);
            out.flush();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Beats until the other side is silent for too long or can no longer be written to. Blocks until then. A write that
     * waits, because the network is away, does not keep the silence from being noticed.
     *
     * @param beat the time between two beats
     * @param most the longest silence
     * @return the reason of the end; empty if the other side can no longer be written to
     * @throws InterruptedException if this thread is interrupted, which ends it as well
     */
    String beatUntilSilent(Duration beat, Duration most) throws InterruptedException {
        heard = System.nanoTime();
        CountDownLatch gone = new CountDownLatch(1);
        Thread beats = Thread.ofVirtual().name("beats").start(() -> beat(beat, gone));
        try {
            while (System.nanoTime() - heard <= most.toNanos()) {
                if (gone.await(beat.toNanos(), TimeUnit.NANOSECONDS)) {
                    return "";
                }
            }
            return "nothing has come for " + most.toSeconds() + " s";
        } finally {
            beats.interrupt();
        }
    }

    private void beat(Duration beat, CountDownLatch gone) {
        try {
            for (; ; ) {
                write(Frame.of(FrameKind.BEAT, 0));
                Thread.sleep(beat);
            }
        } catch (IOException closed) {
            gone.countDown();
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }
}
