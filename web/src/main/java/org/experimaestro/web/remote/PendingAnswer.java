package org.experimaestro.web.remote;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An answer that comes from the far end: the reader of frames puts its parts in, and never waits. Thread-safe. */
final class PendingAnswer {
    private final Deque<byte[]> parts = new ArrayDeque<>();
    private @Nullable ResponseHead head;
    private @Nullable IOException failure;
    private int waiting;
    private boolean isDone;

    synchronized void head(ResponseHead came) {
        head = came;
        notifyAll();
    }

    /**
     * Adds a part.
     *
     * @throws IOException if the far end sends more than it was given room for
     */
    synchronized void add(byte[] part) throws IOException {
        if (part.length == 0) {
            return; // it takes no room, so the window does not bound their number
        }
        waiting += part.length;
        if (waiting > AnswerOutput.WINDOW) {
            throw new IOException("more of an answer has come than there is room for");
        }
        parts.add(part);
        notifyAll();
    }

    synchronized void done() {
        isDone = true;
        notifyAll();
    }

    /** Notes that no more comes. */
    synchronized void fail(IOException reason) {
        failure = reason;
        notifyAll();
    }

    /** Returns whether no more parts will come. */
    synchronized boolean isOver() {
        return isDone || failure != null;
    }

    /** Waits for the head. */
    synchronized ResponseHead awaitHead() throws IOException, InterruptedException {
        while (head == null) {
            requireMore();
            wait();
        }
        return head;
    }

    /** Waits for the next part; empty at the end of the body. What has come is there before a failure is. */
    synchronized Optional<byte[]> awaitPart() throws IOException, InterruptedException {
        while (parts.isEmpty()) {
            if (isDone) {
                return Optional.empty();
            }
            requireMore();
            wait();
        }
        byte[] part = parts.remove();
        waiting -= part.length;
        return Optional.of(part);
    }

    synchronized boolean hasParts() {
        return !parts.isEmpty();
    }

    private void requireMore() throws IOException {
        if (failure != null) {
            throw new IOException(failure.getMessage(), failure);
        }
    }
}
