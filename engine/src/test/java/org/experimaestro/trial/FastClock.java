package org.experimaestro.trial;

import java.time.Duration;
import java.time.Instant;
import org.experimaestro.engine.time.RunClock;

/** A clock on which differences of times are those of this machine, multiplied: patience of seconds ends in milliseconds. */
public record FastClock(int factor) implements RunClock {
    @Override
    public Instant instant() {
        return SYSTEM.instant();
    }

    @Override
    public long nanoTime() {
        return SYSTEM.nanoTime() * factor;
    }

    @Override
    public void sleep(Duration time) throws InterruptedException {
        SYSTEM.sleep(time.dividedBy(factor));
    }

    @Override
    public Alarm alarm(Duration delay, Runnable action) {
        return SYSTEM.alarm(delay.dividedBy(factor), action);
    }
}
