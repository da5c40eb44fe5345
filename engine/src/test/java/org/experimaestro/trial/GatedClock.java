package org.experimaestro.trial;

import java.time.Duration;
import java.time.Instant;
import org.experimaestro.engine.time.RunClock;

/** The clock of this machine, except that a thread that sleeps goes on when the test says so. For one such thread. */
public final class GatedClock implements RunClock {
    private boolean isAsleep;

    @Override
    public Instant instant() {
        return SYSTEM.instant();
    }

    @Override
    public long nanoTime() {
        return SYSTEM.nanoTime();
    }

    @Override
    public synchronized void sleep(Duration time) throws InterruptedException {
        isAsleep = true;
        notifyAll();
        try {
            while (isAsleep) {
                wait();
            }
        } finally {
            isAsleep = false;
        }
    }

    @Override
    public Alarm alarm(Duration delay, Runnable action) {
        return SYSTEM.alarm(delay, action);
    }

    /** Waits until a thread sleeps. */
    public synchronized void awaitSleeper() throws InterruptedException {
        while (!isAsleep) {
            wait();
        }
    }

    /** Has the thread that sleeps, or the next one, go on. */
    public synchronized void wake() throws InterruptedException {
        awaitSleeper();
        isAsleep = false;
        notifyAll();
    }
}
