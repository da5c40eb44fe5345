package org.experimaestro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class EarlyStopTest {
    record Point() {}

    private record NumberedTrial(int number) implements Trial<Point> {
        @Override
        public Point value() {
            return new Point();
        }

        @Override
        public Map<String, Object> tags() {
            return Map.of();
        }

        @Override
        public State state() {
            return State.OPEN;
        }

        @Override
        public OptionalDouble answer() {
            return OptionalDouble.empty();
        }
    }

    private static List<Integer> goOn(EarlyStop rule, boolean isAskedAtOnce, double... values) {
        List<Integer> goOn = new ArrayList<>();
        List<Trial<?>> trials = new ArrayList<>();
        for (double value : values) {
            Trial<Point> trial = new NumberedTrial(trials.size());
            trials.add(trial);
            rule.record(trial, 3, value);
            if (isAskedAtOnce && !rule.stops(trial)) {
                goOn.add(trial.number());
            }
        }
        if (!isAskedAtOnce) {
            trials.stream().filter(trial -> !rule.stops(trial)).forEach(trial -> goOn.add(trial.number()));
        }
        return goOn;
    }

    @Test
    void halving_allValuesFirst_oneInThreeGoesOn() {
        double[] values = {5, 1, 4, 1, Double.NaN, 2, 9};
        assertThat(goOn(EarlyStop.halving(Best.LOWEST, 3), false, values)).containsExactly(1, 3);
        assertThat(goOn(EarlyStop.halving(Best.HIGHEST, 3), false, values)).containsExactly(0, 6);
        assertThat(goOn(EarlyStop.halving(Best.LOWEST, 3), false, 2, 2, 2, 2, 2, 2))
                .containsExactly(0, 1);
    }

    @Test
    void halving_askedAtEachValue_letsEarlyTrialsGoOn() {
        assertThat(goOn(EarlyStop.halving(Best.LOWEST, 2), true, 5, 4, 6, 4.5, 1))
                .containsExactly(0, 1, 3, 4);
    }

    @Test
    void median_worseThanTheOthers_stopsOnceThereAreEnough() {
        assertThat(goOn(EarlyStop.median(Best.LOWEST, 2), true, 1, 9, 6, 5, 5.5, Double.NaN, 0))
                .containsExactly(0, 1, 3, 4, 6);
        EarlyStop rule = EarlyStop.median(Best.LOWEST, 1);
        Trial<Point> first = new NumberedTrial(0);
        Trial<Point> second = new NumberedTrial(1);
        rule.record(first, 1, 3);
        rule.record(second, 1, 2);
        rule.record(first, 2, 2.5);
        rule.record(second, 2, 4);

        assertThat(rule.stops(second)).as("its best value is of step 1").isFalse();
        rule.record(second, 2, Double.NaN);
        assertThat(rule.stops(second)).isTrue();
        assertThat(rule.stops(new NumberedTrial(2))).isFalse();
    }

    @Test
    void rule_numberTooSmall_isAnError() {
        assertThatThrownBy(() -> EarlyStop.halving(Best.LOWEST, 1))
                .hasMessageEndingWith("Cannot use successive halving by the factor 1; give a number from 2");
        assertThatThrownBy(() -> EarlyStop.median(Best.LOWEST, 0))
                .hasMessageContaining("Cannot use the median rule with fewer than 0 other trials");
    }

    @Test
    void search_withoutTheModule_saysWhatIsMissing() {
        assertThatThrownBy(() -> Search.random(Space.of(Point.class), Best.LOWEST, 1))
                .hasMessageContaining("put experimaestro-search on the class path");
    }
}
