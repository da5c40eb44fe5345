package org.experimaestro.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The order of jobs, pauses, and the end of starts after failures. */
@Timeout(60)
class OrderTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    // ---- urgency ----

    @Test
    void priority_isInheritedByAllThatTheJobNeeds() {
        try (TestGraph graph = new TestGraph(1)) {
            graph.job("busy").submit();
            graph.job("a").submit();
            graph.job("root").submit();
            graph.job("middle").after("root").priority(-1).submit();
            graph.job("b").submit();
            graph.job("high").after("middle").priority(5).submit();
            graph.succeed("busy");
            assertThat(graph.running()).containsExactly("root");
            graph.succeed("root");
            assertThat(graph.running()).containsExactly("middle");
            graph.succeed("middle");
            assertThat(graph.running()).containsExactly("high");
        }
    }

    @Test
    void priority_ofADependencyThatAppears_isInherited() throws Exception {
        try (TestGraph graph = new TestGraph(1)) {
            graph.job("busy").submit();
            graph.job("a").submit();
            graph.job("b").submit();
            graph.job("high").priority(1).submit();
            graph.depend("high", "b");
            graph.succeed("busy");
            assertThat(graph.running()).containsExactly("b");
        }
    }

    @Test
    void equalPriorities_longestChainGoesFirst() {
        try (TestGraph graph = new TestGraph(1)) {
            graph.job("busy").expected(1).submit();
            graph.job("a").expected(3).submit();
            graph.job("b").expected(1).submit();
            graph.job("c").expected(3).after("b").submit();
            assertThat(graph.end()).isNotDone(); // the plan has returned
            graph.succeed("busy");
            assertThat(graph.running()).containsExactly("b");
            graph.succeed("b");
            // Both have 3 left, and a was ready before.
            assertThat(graph.running()).containsExactly("a");
        }
    }

    @Test
    void expectedTimes_thatChange_startNoJobBeforeItsTurn() {
        try (TestGraph graph = new TestGraph(1)) {
            graph.job("busy").expected(1).submit();
            TestGraph.Draft first = graph.job("a").expected(1);
            TestGraph.Draft second = graph.job("b").expected(1);
            first.submit();
            second.submit();
            first.expected(5);
            second.expected(5);
            graph.succeed("busy");
            assertThat(graph.running()).containsExactly("a");
        }
    }

    @Test
    void jobsThatWaitedForTheSame_mostUrgentGoesFirst() {
        try (TestGraph graph = new TestGraph(1)) {
            graph.job("root").submit();
            graph.job("low").after("root").submit();
            graph.job("high").after("root").priority(1).submit();
            graph.succeed("root");
            assertThat(graph.running()).containsExactly("high");
        }
    }

    // ---- pauses ----

    @Test
    void pause_runningGoOn_resumeStartsTheOthersInOrder() {
        try (TestGraph graph = new TestGraph(2)) {
            graph.job("a").submit();
            graph.job("b").submit();
            graph.job("low").submit();
            graph.job("behind").after("a").submit();
            Future<Void> end = graph.end();
            assertThat(graph.pause(true)).isTrue();
            graph.job("high").priority(1).submit();
            graph.succeed("a");
            graph.succeed("b");
            assertThat(graph.running()).isEmpty();
            assertThat(graph.phase("behind")).isEqualTo(Phase.READY);
            assertThat(end).isNotDone();
            assertThat(graph.pause(false)).isTrue();
            assertThat(graph.running()).containsExactly("high", "low");
            graph.succeed("high");
            graph.succeed("low");
            graph.succeed("behind");
            assertThat(end).isDone();
            assertThat(graph.pause(true)).isFalse();
        }
    }

    @Test
    void pause_aJobWithoutLimits_isHeldToo() {
        try (TestGraph graph = new TestGraph(job -> List.of())) {
            graph.pause(true);
            graph.job("a").submit();
            assertThat(graph.running()).isEmpty();
            graph.pause(false);
            assertThat(graph.running()).containsExactly("a");
        }
    }

    // ---- failures ----

    @Test
    void mostFailures_othersAreWithheld_runningGoOn() {
        try (TestGraph graph = TestGraph.failing(2, 1)) {
            graph.job("a").submit();
            graph.job("b").submit();
            graph.job("waits").submit();
            graph.job("behindA").after("a").submit();
            graph.job("behindB").after("b").submit();
            graph.job("last").after("behindB").submit();
            Future<Void> end = graph.end();
            graph.fail("a");
            assertThat(graph.running()).containsExactly("b");
            assertThat(graph.phase("waits")).isEqualTo(Phase.SKIPPED);
            assertThat(graph.isWithheld("waits")).isTrue();
            assertThat(graph.isWithheld("last")).isTrue();
            assertThat(graph.isWithheld("behindA"))
                    .as("it is skipped because of its dependency")
                    .isFalse();
            assertThat(end).isNotDone();
            assertThat(graph.retry("a")).isEqualTo(RetryAnswer.WITHHELD);
            graph.succeed("b");
            assertThat(graph.running()).isEmpty();
            assertThat(end).isDone();
        }
    }

    @Test
    void mostFailures_laterSubmissions_areWithheld() {
        try (TestGraph graph = TestGraph.failing(1, 1)) {
            graph.job("a").submit();
            graph.job("b").submit();
            graph.fail("a");
            graph.job("late").submit();
            graph.job("behindB").after("b").submit();
            assertThat(graph.running()).isEmpty();
            assertThat(graph.isWithheld("late")).isTrue();
            assertThat(graph.isWithheld("behindB")).isTrue();
        }
    }

    @Test
    void mostFailures_aJobThatIsTriedAgainHasNotFailed() {
        try (TestGraph graph = TestGraph.failing(1, 2)) {
            graph.job("a").submit();
            graph.job("b").submit();
            graph.job("c").submit();
            graph.job("d").submit();
            graph.postpone("a", Duration.ZERO);
            graph.fail("b");
            graph.fail("c");
            assertThat(graph.isWithheld("d")).isTrue();
            assertThat(graph.isWithheld("a")).isTrue();
            assertThat(graph.phase("b")).isEqualTo(Phase.FAILED);
        }
    }

    @Test
    void mostFailures_aJobThatWaitsForItsNextTry_isWithheld() {
        try (TestGraph graph = TestGraph.failing(2, 1)) {
            graph.job("a").submit();
            graph.job("b").submit();
            Future<Void> end = graph.end();
            graph.postpone("a", MINUTE);
            graph.fail("b");
            assertThat(graph.isWithheld("a")).isTrue();
            assertThat(end).isDone();
            graph.advance(MINUTE);
            assertThat(graph.running()).isEmpty();
        }
    }

    // ---- shared limits ----

    @Test
    void sharedLimit_startsNothingBeforeItHasAPart() {
        Limit limit = Limit.shared("jobs of the launcher gpu", 4);
        try (TestGraph graph = new TestGraph(job -> List.of(new Demand(limit, 1)))) {
            graph.job("a").submit();
            graph.job("b").submit();
            graph.job("c").submit();
            assertThat(graph.running()).isEmpty();
            assertThat(graph.share(limit, 2)).isEqualTo(new LimitUse(2, 1));
            assertThat(graph.running()).containsExactly("a", "b");
            assertThat(graph.share(limit, 0)).isEqualTo(new LimitUse(2, 1));
            graph.succeed("a");
            assertThat(graph.running()).containsExactly("b");
            assertThat(limit.whole()).isEqualTo(4);
        }
    }
}
