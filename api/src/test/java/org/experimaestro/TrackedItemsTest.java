package org.experimaestro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The progress that a loop records. */
class TrackedItemsTest {
    private static final long MILLISECOND = 1_000_000;

    private final List<String> told = new ArrayList<>();
    private long nanos = Long.MAX_VALUE - MILLISECOND; // a clock of nanoseconds may overflow

    private final TaskContext context = new TaskContext() {
        @Override
        public void progress(int level, double fraction, String description) {
            told.add(level + " " + fraction + " " + description);
        }

        @Override
        public void metric(String name, double value) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Path folder() {
            throw new UnsupportedOperationException();
        }

        @Override
        public System.Logger logger() {
            throw new UnsupportedOperationException();
        }
    };

    @Test
    void track_collection_tellsWhatIsDoneBeforeEachElementAndAtTheEnd() {
        List<String> seen = new ArrayList<>();
        for (String item : context.track(List.of("a", "b", "c", "d"), "letter")) {
            seen.add(item + told.size());
        }
        assertThat(seen).containsExactly("a1", "b2", "c3", "d4");
        assertThat(told)
                .containsExactly(
                        "0 0.0 letter 1 of 4",
                        "0 0.25 letter 2 of 4",
                        "0 0.5 letter 3 of 4",
                        "0 0.75 letter 4 of 4",
                        "0 1.0 letter 4 of 4");
    }

    @Test
    void track_largeCollection_tellsAHundredStepsAndTheEnd() {
        run(0, Collections.nCopies(100, 1), 0);
        assertThat(told).hasSize(101).contains("0 0.29 x 30 of 100");
        told.clear();
        run(0, Collections.nCopies(1_234_567, 1), 0);
        assertThat(told).hasSizeBetween(100, 101).last().isEqualTo("0 1.0 x 1234567 of 1234567");
    }

    @Test
    void track_emptyCollection_tellsTheEndAlone() {
        run(0, List.of(), 0);
        assertThat(told).containsExactly("0 1.0 x 0 of 0");
    }

    @Test
    void track_noDescription_tellsTheCount() {
        context.track(List.of(1), "").forEach(item -> {});
        assertThat(told).containsExactly("0 0.0 1 of 1", "0 1.0 1 of 1");
    }

    @Test
    void track_unknownSize_tellsTheCountWheneverItHasDoubled() {
        Iterable<Integer> items = Collections.nCopies(9, 1)::iterator;
        run(0, items, 0);
        assertThat(told).containsExactly("0 0.0 x 1", "0 0.0 x 2", "0 0.0 x 4", "0 0.0 x 8", "0 1.0 x 9");
    }

    @Test
    void track_loopThatIsLeft_doesNotTellTheEnd() {
        for (int item : context.track(List.of(1, 2, 3), "x")) {
            if (item == 2) {
                break;
            }
        }
        assertThat(told).hasSize(2);
    }

    @Test
    void track_twoLoopsOverTheSame_tellBoth() {
        Iterable<Integer> items = context.track(List.of(1), "x");
        items.forEach(item -> {});
        items.forEach(item -> {});
        assertThat(told).hasSize(4);
    }

    @Test
    void track_shortInnerLoops_tellNothing() {
        for (int outer = 0; outer < 1_000; outer++) {
            run(1, List.of(1, 1, 1), 20);
        }
        assertThat(told).isEmpty();
    }

    @Test
    void track_longInnerLoop_tellsOnceIn100Milliseconds() {
        run(1, Collections.nCopies(10, 1), 50);
        assertThat(told)
                .containsExactly(
                        "1 0.2 x 3 of 10", "1 0.4 x 5 of 10", "1 0.6 x 7 of 10", "1 0.8 x 9 of 10", "1 1.0 x 10 of 10");
    }

    @Test
    void track_levelOutOfRange_isRefusedAtOnce() {
        for (int level : new int[] {-1, 10}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> context.track(level, List.of(), "x"))
                    .withMessage("The level of progress is from 0 to 9, not " + level);
        }
    }

    /** Runs a loop whose body takes some time. */
    private void run(int level, Iterable<Integer> items, long millis) {
        for (int item : new TrackedItems<>(context, level, items, "x", () -> nanos)) {
            nanos += item * millis * MILLISECOND;
            assertThat(item).isOne();
        }
    }
}
