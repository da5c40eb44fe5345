package org.experimaestro.engine.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class UninterruptedTest {
    @Test
    void await_interruptedMeanwhile_waitsAgain_andKeepsTheInterrupt() {
        List<Duration> limits = new ArrayList<>();
        boolean hasCome = Uninterrupted.await(Duration.ofMinutes(1), limit -> {
            limits.add(limit);
            if (limits.size() < 3) {
                throw new InterruptedException();
            }
            return true;
        });

        assertThat(hasCome).isTrue();
        assertThat(limits).hasSize(3).isSortedAccordingTo((one, other) -> other.compareTo(one));
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void await_interruptedBefore_waitsAllTheSame() {
        Thread.currentThread().interrupt();
        boolean hasCome = Uninterrupted.await(
                Duration.ZERO, limit -> Thread.currentThread().isInterrupted());

        assertThat(hasCome).isFalse();
        assertThat(Thread.interrupted()).isTrue();
    }
}
