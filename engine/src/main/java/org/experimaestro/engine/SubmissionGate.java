package org.experimaestro.engine;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A gate that is open to submissions until the plan has returned. Submissions in progress at that time are waited for;
 * later ones are refused. Thread-safe.
 */
final class SubmissionGate {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition left = lock.newCondition();
    private int inside;
    private boolean closed;
    private String closedBecause = "";

    /** Lets a submission in, and returns whether the gate was open. A submission that was let in must leave. */
    boolean enter() {
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            inside++;
            return true;
        } finally {
            lock.unlock();
        }
    }

    void leave() {
        lock.lock();
        try {
            inside--;
            left.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Closes the gate, and waits for nothing. Only the first of several reasons is kept. */
    void close(String reason) {
        lock.lock();
        try {
            if (!closed) {
                closed = true;
                closedBecause = reason;
            }
        } finally {
            lock.unlock();
        }
    }

    String closedBecause() {
        lock.lock();
        try {
            return closedBecause;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the submissions in progress, and returns whether all have left within the limit. */
    boolean awaitLeft(Duration limit) throws InterruptedException {
        lock.lock();
        try {
            long nanos = limit.toNanos();
            while (inside > 0) {
                if (nanos <= 0) {
                    return false;
                }
                nanos = left.awaitNanos(nanos);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }
}
