package org.experimaestro.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOError;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class SchedulerTest {

    @Test
    void submit_independentJobs_startInOrderOfSubmission() {
        try (TestGraph graph = new TestGraph(8)) {
            graph.job("a").submit();
            graph.job("b").submit();
            graph.job("c").submit();

            assertThat(graph.running()).containsExactly("a", "b", "c");
        }
    }

    @Test
    void submit_moreJobsThanSlots_waitForRoom() {
        try (TestGraph graph = new TestGraph(2)) {
            graph.job("a").submit();
            graph.job("b").submit();
            graph.job("c").submit();
            graph.job("d").submit();
            assertThat(graph.running()).containsExactly("a", "b");
            assertThat(graph.phase("c")).isEqualTo(Phase.READY);

            graph.succeed("b");
            assertThat(graph.running()).containsExactly("a", "c");
            graph.fail("a");
            assertThat(graph.running()).containsExactly("c", "d");
        }
    }

    @Test
    void submit_noSlots_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TestGraph(0))
                .withMessageContaining("At least one job");
    }

    @Test
    void dependent_waitsForAllDependencies() {
        try (TestGraph graph = new TestGraph(8)) {
            graph.job("a").submit();
            graph.job("b").submit();
            graph.job("c").after("a", "b").submit();
            assertThat(graph.phase("c")).isEqualTo(Phase.WAITING);

            graph.succeed("b");
            assertThat(graph.phase("c")).isEqualTo(Phase.WAITING);
            assertThat(graph.hasEnded("c")).isFalse();
            graph.succeed("a");
            assertThat(graph.running()).containsExactly("c");
            graph.succeed("c");
            assertThat(graph.phase("c")).isEqualTo(Phase.DONE);
            assertThat(graph.hasEnded("c")).isTrue();
            assertThat(graph.changes())
                    .containsExactly(
                            "a READY",
                            "a RUNNING",
                            "b READY",
                            "b RUNNING",
                            "c WAITING",
                            "b DONE",
                            "a DONE",
                            "c READY",
                            "c RUNNING",
                            "c DONE");
        }
    }

    @Test
    void diamond_eitherOrderOfItsSides_runsTheJoinOnce() {
        for (List<String> order : List.of(List.of("left", "right"), List.of("right", "left"))) {
            try (TestGraph graph = TestGraph.diamond()) {
                graph.succeed("top");
                assertThat(graph.running()).containsExactly("left", "right");
                graph.succeed(order.get(0));
                assertThat(graph.phase("join")).isEqualTo(Phase.WAITING);
                graph.succeed(order.get(1));
                assertThat(graph.running()).containsExactly("join");
                assertThat(graph.changes()).containsOnlyOnce("join RUNNING");
            }
        }
    }

    @Test
    void diamond_topFails_skipsTheRestOnce() {
        try (TestGraph graph = TestGraph.diamond()) {
            graph.fail("top");

            assertThat(graph.running()).isEmpty();
            assertThat(graph.changes())
                    .containsOnlyOnce("left SKIPPED")
                    .containsOnlyOnce("right SKIPPED")
                    .containsOnlyOnce("join SKIPPED");
            assertThat(graph.hasEnded("join")).isTrue();
        }
    }

    @Test
    void diamond_oneSideFails_skipsTheJoinWhileTheOtherSideRuns() {
        try (TestGraph graph = TestGraph.diamond()) {
            graph.succeed("top");
            graph.fail("left");
            assertThat(graph.phase("join")).isEqualTo(Phase.SKIPPED);
            graph.succeed("right");
            assertThat(graph.phase("right")).isEqualTo(Phase.DONE);
            assertThat(graph.phase("join")).isEqualTo(Phase.SKIPPED);
            assertThat(graph.running()).isEmpty();
        }
    }

    @Test
    void failure_skipsDependentsAtAnyDistance_andNoOtherJob() {
        try (TestGraph graph = new TestGraph(4)) {
            graph.job("a").submit();
            graph.job("b").after("a").submit();
            graph.job("c").after("b").submit();
            graph.job("other").submit();
            graph.job("more").after("other").submit();
            graph.fail("a");

            assertThat(graph.phase("a")).isEqualTo(Phase.FAILED);
            assertThat(graph.phase("b")).isEqualTo(Phase.SKIPPED);
            assertThat(graph.phase("c")).isEqualTo(Phase.SKIPPED);
            graph.succeed("other");
            graph.succeed("more");
            assertThat(graph.phase("more")).isEqualTo(Phase.DONE);
        }
    }

    @Test
    void submit_afterTheDependencyEnded_startsOrSkipsAtOnce() {
        try (TestGraph graph = new TestGraph(4)) {
            graph.job("good").submit();
            graph.job("bad").submit();
            graph.succeed("good");
            graph.fail("bad");
            graph.job("afterGood").after("good").submit();
            graph.job("afterBad").after("good", "bad").submit();
            graph.job("afterSkipped").after("afterBad").submit();

            assertThat(graph.running()).containsExactly("afterGood");
            assertThat(graph.phase("afterBad")).isEqualTo(Phase.SKIPPED);
            assertThat(graph.phase("afterSkipped")).isEqualTo(Phase.SKIPPED);
            assertThat(graph.hasEnded("afterSkipped")).isTrue();
        }
    }

    @Test
    void submit_doomedAndStillWaitingForAnother_staysSkippedWhenThatIsDone() {
        try (TestGraph graph = new TestGraph(4)) {
            graph.job("slow").submit();
            graph.job("bad").foundEnded(false).submit();
            graph.job("doomed").after("slow", "bad").submit();
            assertThat(graph.phase("doomed")).isEqualTo(Phase.SKIPPED);

            graph.succeed("slow");
            assertThat(graph.phase("doomed")).isEqualTo(Phase.SKIPPED);
            assertThat(graph.running()).isEmpty();
        }
    }

    @Test
    void submit_foundEnded_isNotRun() {
        try (TestGraph graph = new TestGraph(4)) {
            graph.job("done").foundEnded(true).submit();
            graph.job("corrupt").foundEnded(false).submit();
            graph.job("a").after("done").submit();
            graph.job("b").after("corrupt").submit();

            assertThat(graph.phase("done")).isEqualTo(Phase.DONE);
            assertThat(graph.phase("corrupt")).isEqualTo(Phase.FAILED);
            assertThat(graph.running()).containsExactly("a");
            assertThat(graph.phase("b")).isEqualTo(Phase.SKIPPED);
        }
    }

    @Test
    void submit_foundRunning_isAttachedThoughThereIsNoRoom_andOthersWaitForIt() {
        try (TestGraph graph = new TestGraph(1)) {
            graph.job("a").submit();
            graph.job("attached").foundRunning().submit();
            graph.job("b").submit();
            assertThat(graph.running()).containsExactly("a", "attached");

            graph.succeed("a");
            assertThat(graph.running()).containsExactly("attached");
            assertThat(graph.phase("b")).isEqualTo(Phase.READY);
            graph.succeed("attached");
            assertThat(graph.running()).containsExactly("b");
        }
    }

    @Test
    void submit_foundRunning_doesNotWaitForItsDependencies() {
        try (TestGraph graph = new TestGraph(1)) {
            graph.job("a").submit();
            graph.job("attached").after("a").foundRunning().submit();
            graph.job("b").after("attached").submit();
            graph.fail("a");
            assertThat(graph.phase("attached")).isEqualTo(Phase.RUNNING);

            graph.succeed("attached");
            assertThat(graph.running()).containsExactly("b");
        }
    }

    @Test
    void run_whatRunsTheJobThrows_failsTheJobAndGoesOn() {
        try (TestGraph graph = new TestGraph(1)) {
            graph.job("a").submit();
            graph.job("b").after("a").submit();
            graph.job("c").submit();
            graph.breakDown("a");

            assertThat(graph.phase("a")).isEqualTo(Phase.FAILED);
            assertThat(graph.problem("a")).hasMessage("nobody said how a ends");
            assertThat(graph.hasEnded("a")).isTrue();
            assertThat(graph.phase("b")).isEqualTo(Phase.SKIPPED);
            assertThat(graph.running()).containsExactly("c");
        }
    }

    @Test
    void changed_observerThrowsAtEachEvent_changesNothing() {
        for (Error thrown : List.of(
                new AssertionError("no"),
                new StackOverflowError(),
                new NoClassDefFoundError("Gone"),
                new IOError(new IOException("broken pipe")))) {
            try (TestGraph graph = new TestGraph(1)) {
                graph.breakObserver(thrown);
                graph.job("a").submit();
                graph.job("b").after("a").submit();
                graph.job("c").submit();
                graph.job("d").after("c").submit();
                graph.succeed("a");
                graph.fail("c");
                graph.succeed("b");

                assertThat(graph.phase("b")).isEqualTo(Phase.DONE);
                assertThat(graph.phase("d")).isEqualTo(Phase.SKIPPED);
                assertThat(graph.hasEnded("d")).isTrue();
            }
        }
    }

    @Test
    void start_executorRejects_failsThatJob_andTheOthersRun() {
        try (TestGraph graph = new TestGraph(1)) {
            graph.breakExecutor(new RejectedExecutionException("full"));
            graph.job("a").submit();
            graph.job("b").after("a").submit();
            graph.job("attached").foundRunning().submit();
            graph.breakExecutor(null);
            graph.job("c").submit();

            assertThat(graph.phase("a")).isEqualTo(Phase.FAILED);
            assertThat(graph.problem("a")).hasMessage("full");
            assertThat(graph.hasEnded("a")).isTrue();
            assertThat(graph.phase("b")).isEqualTo(Phase.SKIPPED);
            assertThat(graph.phase("attached")).isEqualTo(Phase.FAILED);
            assertThat(graph.running()).containsExactly("c");
        }
    }

    @Test
    void start_demandsThrow_failsThatJob_andTheOthersRun() {
        Limit limit = new Limit("places", 4);
        try (TestGraph graph = new TestGraph(job -> {
            if (job.equals("bad")) {
                throw new IllegalStateException("no idea what it needs");
            }
            return List.of(new Demand(limit, 1));
        })) {
            graph.job("top").submit();
            graph.job("bad").after("top").submit();
            graph.job("good").after("top").submit();
            graph.job("doomed").after("bad").submit();
            graph.succeed("top");

            assertThat(graph.hasEnded("top")).isTrue();
            assertThat(graph.phase("bad")).isEqualTo(Phase.FAILED);
            assertThat(graph.problem("bad")).hasMessage("no idea what it needs");
            assertThat(graph.hasEnded("bad")).isTrue();
            assertThat(graph.phase("doomed")).isEqualTo(Phase.SKIPPED);
            assertThat(graph.running()).containsExactly("good");
        }
    }
}
