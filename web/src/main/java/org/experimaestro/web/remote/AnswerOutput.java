package org.experimaestro.web.remote;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * The body of one answer on its way to the client. It waits while the client has not taken what was sent, so a slow one
 * keeps no other answer waiting, and little is in memory on both sides. Written by one thread.
 */
final class AnswerOutput extends OutputStream {
    /** The most bytes of an answer that are sent and not taken yet. */
    static final int WINDOW = 512 * 1024;

    /** The most bytes of a frame of data, so that other answers come between. */
    private static final int PIECE = 32 * 1024;

    private final FrameStreams streams;
    private final int answer;
    private final byte[] buffer = new byte[PIECE];
    private int buffered;
    private int room = WINDOW;
    private boolean isUnwanted;

    AnswerOutput(FrameStreams streams, int answer) {
        this.streams = streams;
        this.answer = answer;
    }

    /** Notes that the client has taken bytes. */
    synchronized void taken(int bytes) {
        room = Math.min(WINDOW, room + Math.max(0, bytes));
        notifyAll();
    }

    /** Notes that nobody wants more: the next write fails. */
    synchronized void cancel() {
        isUnwanted = true;
        notifyAll();
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        int done = 0;
        while (done < length) {
            int count = Math.min(PIECE - buffered, length - done);
            System.arraycopy(bytes, from + done, buffer, buffered, count);
            buffered += count;
            done += count;
            if (buffered == PIECE) {
                flush();
            }
        }
    }

    @Override
    public void flush() throws IOException {
        int sent = 0;
        while (sent < buffered) {
            int count = awaitRoom(buffered - sent);
            streams.write(Frame.of(FrameKind.DATA, answer, Arrays.copyOfRange(buffer, sent, sent + count)));
            sent += count;
        }
        buffered = 0;
    }

    /** Waits until the client has room, and takes of it what is needed. */
    private synchronized int awaitRoom(int needed) throws IOException {
        try {
            while (room == 0 && !isUnwanted) {
                wait();
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("The answer was cancelled");
        }
        if (isUnwanted) {
            throw new IOException("Nobody wants more of the answer");
        }
        int count = Math.min(room, needed);
        room -= count;
        return count;
    }
}
