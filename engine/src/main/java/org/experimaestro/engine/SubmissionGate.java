package org.experimaestro.engine;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets submissions in until the plan has returned. Those that are under way then are waited for; later ones are turned
 * away. Thread-safe.
 */
final class SubmissionGate {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition left = lock.newCondition();
    private int inside;
    private boolean closed;
    private String closedBecause = "";

    /** Lets a submission in, and returns whether the gate was open. A submission that was let in leaves. */
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

    /** Turns away what comes from now on, and waits for nothing. The first reason is the one that is told. */
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

    /** Waits for the submissions that are under way, and returns whether all have left in time. */
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
