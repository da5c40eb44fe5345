package org.experimaestro.engine;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.experimaestro.engine.time.RunClock;

/**
 * A gate that is open to submissions until the plan has returned, and to those of callbacks until the run ends. Submissions in progress at that time are waited for;
 * later ones are refused. Thread-safe.
 */
final class SubmissionGate {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition left = lock.newCondition();
    private int inside;
    private boolean closed;
    private boolean closedToCallbacks;
    private String closedBecause = "";

    /**
     * Lets a submission in, and returns whether the gate was open. A submission that was let in must leave.
     *
     * @param byCallback whether a callback of the plan submits
     */
    boolean enter(boolean byCallback) {
        lock.lock();
        try {
            if (byCallback ? closedToCallbacks : closed) {
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

    /** Closes the gate to all but callbacks, and waits for nothing. Only the first of several reasons is kept. */
    void closeToPlan(String reason) {
        close(reason, false);
    }

    /** Closes the gate to callbacks, too. */
    void close(String reason) {
        close(reason, true);
    }

    private void close(String reason, boolean alsoToCallbacks) {
        lock.lock();
        try {
            closedToCallbacks |= alsoToCallbacks;
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

    /** Waits for the submissions in progress. */
    void awaitLeft() throws InterruptedException {
        lock.lock();
        try {
            while (inside > 0) {
                left.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the submissions in progress, and returns whether all have left within the limit. */
    boolean awaitLeft(Duration limit, RunClock clock) throws InterruptedException {
        AtomicBoolean isOver = new AtomicBoolean();
        RunClock.Alarm alarm = clock.alarm(limit, () -> {
            isOver.set(true);
            wake();
        });
        lock.lock();
        try {
            while (inside > 0 && !isOver.get()) {
                left.await();
            }
            return inside == 0;
        } finally {
            lock.unlock();
            alarm.cancel();
        }
    }

    private void wake() {
        lock.lock();
        try {
            left.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
