package org.experimaestro.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Limits that are not the same for all jobs. */
@Timeout(120)
final class CapacityTest {

    @Test
    void submit_jobsOfTwoLimits_doNotWaitForEachOther() {
        Limit here = new Limit("here", 1);
        Limit there = new Limit("there", 2);
        try (TestGraph graph = new TestGraph(job -> List.of(new Demand(job.startsWith("here") ? here : there, 1)))) {
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
    void share_jobsThatOtherLimitsHoldBack_areNotWanted() {
        Limit launcher = Limit.shared("launcher", 10);
        Limit cores = new Limit("cores", 3);
        try (TestGraph graph = new TestGraph(job -> job.startsWith("free")
                ? List.of(new Demand(launcher, 1))
                : List.of(new Demand(launcher, 1), new Demand(cores, 1)))) {
            for (int i = 0; i < 8; i++) {
                graph.job("narrow-" + i).submit();
            }
            assertThat(graph.share(launcher, 0)).isEqualTo(new LimitUse(0, 3));
            graph.job("free-1").submit();
            assertThat(graph.share(launcher, 0)).isEqualTo(new LimitUse(0, 4));

            graph.share(launcher, 2);
            assertThat(graph.running()).hasSize(2);
            assertThat(graph.share(launcher, 2)).isEqualTo(new LimitUse(2, 2));
            graph.share(launcher, 10);
            assertThat(graph.share(launcher, 10)).isEqualTo(new LimitUse(4, 0));
        }
    }

    @Test
    void share_moreThanTheWhole_isNotWanted() {
        Limit launcher = Limit.shared("launcher", 4);
        try (TestGraph graph = new TestGraph(job -> List.of(new Demand(launcher, 1)))) {
            for (int i = 0; i < 9; i++) {
                graph.job("job-" + i).submit();
            }
            assertThat(graph.share(launcher, 0)).isEqualTo(new LimitUse(0, 4));
        }
    }

    @Test
    void submit_largeJobAmongSmallOnes_isNotOvertaken() {
        try (TestGraph graph = new TestGraph(weights(4))) {
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
        try (TestGraph graph = new TestGraph(weights(4))) {
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
        try (TestGraph graph = new TestGraph(weights(4))) {
            graph.job("four-a").foundEnded(true).submit();
            graph.job("four-b").foundEnded(false).submit();
            graph.job("four-c").submit();
            assertThat(graph.running()).containsExactly("four-c");
        }
    }

    @Test
    void run_throws_givesItsRoomBack() {
        try (TestGraph graph = new TestGraph(weights(4))) {
            graph.job("four-a").submit();
            graph.job("four-b").submit();
            graph.breakDown("four-a");
            assertThat(graph.phase("four-a")).isEqualTo(Phase.FAILED);
            assertThat(graph.running()).containsExactly("four-b");
        }
    }

    @Test
    void end_oneLargeJob_makesRoomForSeveralSmallOnesOfSeveralDependents() {
        try (TestGraph graph = new TestGraph(weights(4))) {
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
    private static Function<String, List<Demand>> weights(int size) {
        Map<String, Integer> numbers = Map.of("one", 1, "two", 2, "four", 4);
        Limit limit = new Limit("weights", size);
        return job -> List.of(new Demand(limit, numbers.get(job.split("-", 2)[0])));
    }
}
