package org.experimaestro.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Limits that are not the same for all jobs. */
@Timeout(120)
final class CapacityTest {

    @Test
    void submit_jobsOfTwoLimits_doNotWaitForEachOther() {
        Slots<String> here = new Slots<>(1);
        Slots<String> there = new Slots<>(2);
        try (TestGraph graph = new TestGraph(job -> job.startsWith("here") ? here : there)) {
            graph.job("here-1").submit();
            graph.job("here-2").submit();
            graph.job("there-1").submit();
            graph.job("there-2").submit();
            graph.job("there-3").submit();
            assertThat(graph.running()).containsExactly("here-1", "there-1", "there-2");

            graph.succeed("there-2");
            assertThat(graph.running()).containsExactly("here-1", "there-1", "there-3");
            assertThat(graph.phase("here-2")).isEqualTo(Phase.READY);

            graph.fail("here-1");
            assertThat(graph.running()).containsExactly("there-1", "there-3", "here-2");
        }
    }

    @Test
    void submit_largeJobAmongSmallOnes_isNotOvertaken() {
        Weights weights = new Weights(4);
        try (TestGraph graph = new TestGraph(job -> weights)) {
            graph.job("one-a").submit();
            graph.job("two").submit();
            graph.job("four").submit();
            graph.job("one-b").submit();
            // There is room for one-b, but four was first.
            assertThat(graph.running()).containsExactly("one-a", "two");

            graph.succeed("two");
            assertThat(graph.running()).containsExactly("one-a");
            graph.succeed("one-a");
            assertThat(graph.running()).containsExactly("four");
            graph.succeed("four");
            assertThat(graph.running()).containsExactly("one-b");
        }
    }

    @Test
    void submit_foundRunning_countsEvenWithoutRoom() {
        Weights weights = new Weights(4);
        try (TestGraph graph = new TestGraph(job -> weights)) {
            graph.job("four-a").foundRunning().submit();
            graph.job("two-a").foundRunning().submit();
            graph.job("one").submit();
            assertThat(graph.running()).containsExactly("four-a", "two-a");

            graph.succeed("two-a");
            assertThat(graph.phase("one")).isEqualTo(Phase.READY);
            graph.fail("four-a");
            assertThat(graph.running()).containsExactly("one");
        }
    }

    @Test
    void submit_foundEnded_takesNoRoom() {
        Weights weights = new Weights(4);
        try (TestGraph graph = new TestGraph(job -> weights)) {
            graph.job("four-a").foundEnded(true).submit();
            graph.job("four-b").foundEnded(false).submit();
            graph.job("four-c").submit();
            assertThat(graph.running()).containsExactly("four-c");
        }
    }

    @Test
    void run_throws_givesItsRoomBack() {
        Weights weights = new Weights(4);
        try (TestGraph graph = new TestGraph(job -> weights)) {
            graph.job("four-a").submit();
            graph.job("four-b").submit();
            graph.breakDown("four-a");
            assertThat(graph.phase("four-a")).isEqualTo(Phase.FAILED);
            assertThat(graph.running()).containsExactly("four-b");
        }
    }

    @Test
    void end_oneLargeJob_makesRoomForSeveralSmallOnesOfSeveralDependents() {
        Weights weights = new Weights(4);
        try (TestGraph graph = new TestGraph(job -> weights)) {
            graph.job("four").submit();
            graph.job("one-a").after("four").submit();
            graph.job("two-a").after("four").submit();
            graph.job("two-b").after("four").submit();
            graph.job("one-b").after("four").submit();

            graph.succeed("four");
            assertThat(graph.running()).containsExactly("one-a", "two-a");
            graph.succeed("one-a");
            assertThat(graph.running()).containsExactly("two-a", "two-b");
            graph.succeed("two-b");
            assertThat(graph.running()).containsExactly("two-a", "one-b");
        }
    }

    /** A job takes as much as the first part of its name says. */
    private static final class Weights implements Scheduler.Capacity<String> {
        private static final Map<String, Integer> NUMBERS = Map.of("one", 1, "two", 2, "four", 4);

        private final int capacity;
        private int used;

        Weights(int capacity) {
            this.capacity = capacity;
        }

        private static int weight(String job) {
            return NUMBERS.getOrDefault(job.split("-", 2)[0], 0);
        }

        @Override
        public boolean hasRoom(String job) {
            return used + weight(job) <= capacity;
        }

        @Override
        public void add(String job) {
            used += weight(job);
        }

        @Override
        public void remove(String job) {
            used -= weight(job);
        }
    }
}
