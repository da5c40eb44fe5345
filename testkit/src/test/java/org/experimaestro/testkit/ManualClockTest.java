package org.experimaestro.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ManualClockTest {
    private final ManualClock clock = ManualClock.at(Instant.EPOCH);
    private final List<String> rung = new ArrayList<>();

    @Test
    void advance_pastSomeAlarms_ringsTheseInTheOrderOfTheirTimes() {
        clock.alarm(Duration.ofSeconds(3), () -> rung.add("third"));
        clock.alarm(Duration.ofSeconds(2), () -> rung.add("second"));
        clock.alarm(Duration.ofSeconds(1), () -> rung.add("first"));

        clock.advance(Duration.ofSeconds(2));

        assertThat(rung).containsExactly("first", "second");
        assertThat(clock.alarms()).isOne();
        assertThat(clock.nanoTime()).isEqualTo(2_000_000_000);
    }

    @Test
    void cancel_alarm_isNotRung() {
        clock.alarm(Duration.ofSeconds(1), () -> rung.add("kept"));
        clock.alarm(Duration.ofSeconds(1), () -> rung.add("cancelled")).cancel();

        clock.advance(Duration.ofHours(1));

        assertThat(rung).containsExactly("kept");
        assertThat(clock.alarms()).isZero();
    }

    @Test
    void advance_backwards_isRefused() {
        assertThatThrownBy(() -> clock.advance(Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot go back");
    }
}
