package org.experimaestro.monitor.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.experimaestro.monitor.log.ProgressPoint;
import org.junit.jupiter.api.Test;

class ProgressRateTest {
    private static final Instant START = Instant.parse("2026-11-28T12:00:00Z");

    private static ProgressPoint at(double seconds, double fraction) {
        return new ProgressPoint(START.plusMillis(Math.round(1000 * seconds)), fraction);
    }

    @Test
    void forecast_irregularProgress_isNearTheTruth() {
        Random random = new Random(5);
        for (int round = 0; round < 200; round++) {
            // A task of 1,000 s that reports at random times, with a reader that sees it half done.
            List<ProgressPoint> points = new ArrayList<>();
            double seconds = 0;
            while (seconds < 500) {
                seconds += 1 + 40 * random.nextDouble();
                points.add(at(seconds + 5 * random.nextGaussian(), seconds / 1000));
            }
            Forecast forecast =
                    ProgressRate.forecast(START, points, at(seconds, 0).time());
            double truth = 1000 - seconds;
            assertThat(forecast.left().orElseThrow().toMillis() / 1000.0).isBetween(0.8 * truth, 1.2 * truth);
        }
    }

    @Test
    void forecast_onePause_changesLittle() {
        List<ProgressPoint> points = new ArrayList<>();
        for (int i = 1; i <= 40; i++) {
            points.add(at(i == 1 ? 10 : 10 * i + (i > 2 ? 300 : 0), i / 100.0)); // 300 s lost after the second point
        }
        Duration left = ProgressRate.forecast(START, points, points.getLast().time())
                .left()
                .orElseThrow();
        assertThat(left).isBetween(Duration.ofSeconds(500), Duration.ofSeconds(700)); // by the mean it were 1,050 s
    }

    @Test
    void forecast_withoutEnoughProgress_isWithheld() {
        assertThat(ProgressRate.forecast(START, List.of(), START).left()).isEmpty();
        assertThat(ProgressRate.forecast(START, List.of(at(10, 0.5)), at(10, 0).time())
                        .left())
                .isEmpty();
        assertThat(ProgressRate.forecast(START, List.of(at(1, 0.001), at(2, 0.002)), at(2, 0).time())
                        .left())
                .isEmpty();
        // It has reported nothing for longer than all of it should take.
        assertThat(ProgressRate.forecast(
                                START,
                                List.of(at(10, 0.4), at(20, 0.8)),
                                at(500, 0).time())
                        .basis())
                .isEqualTo("it takes longer than its progress promised");
        // It began again and again.
        assertThat(ProgressRate.forecast(
                                START,
                                List.of(at(10, 0.9), at(20, 0.5), at(30, 0.1)),
                                at(30, 0).time())
                        .basis())
                .isEqualTo("its progress does not go on");
    }
}
