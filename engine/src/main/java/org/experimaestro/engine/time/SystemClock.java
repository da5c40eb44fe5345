package org.experimaestro.engine.time;

import java.time.Duration;
import java.time.Instant;

/** The clock of this machine. Thread-safe. */
final class SystemClock implements RunClock {
    @Override
    public Instant instant() {
        return Instant.now();
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public void sleep(Duration time) throws InterruptedException {
        Thread.sleep(time);
    }

    /** Starts a virtual thread that sleeps, which costs some hundred bytes. */
    @Override
    public Alarm alarm(Duration delay, Runnable action) {
        Thread sleeper = Thread.ofVirtual().name("experimaestro-alarm").start(() -> {
            try {
                Thread.sleep(delay);
            } catch (InterruptedException cancelled) {
                return;
            }
            action.run();
        });
        return sleeper::interrupt;
    }
}
