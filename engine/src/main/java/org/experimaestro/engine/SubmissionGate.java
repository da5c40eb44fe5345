package org.experimaestro.engine;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Lets submissions in until the plan has returned. Those that are under way then are waited for; later ones are turned
 * away. Thread-safe.
 */
final class SubmissionGate {
    private int inside;
    private boolean closed;
    private String closedBecause = "";

    /** Lets a submission in, and returns whether the gate was open. A submission that was let in leaves. */
    synchronized boolean enter() {
        if (closed) {
            return false;
        }
        inside++;
        return true;
    }

    synchronized void leave() {
        inside--;
        notifyAll();
    }

    /** Turns away what comes from now on, and waits for nothing. The first reason is the one that is told. */
    synchronized void close(String reason) {
        if (!closed) {
            closed = true;
            closedBecause = reason;
        }
    }

    synchronized String closedBecause() {
        return closedBecause;
    }

    /** Waits for the submissions that are under way, and returns whether all have left in time. */
    synchronized boolean awaitLeft(Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (inside > 0) {
            long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (millis <= 0) {
                return false;
            }
            wait(millis);
        }
        return true;
    }
}
