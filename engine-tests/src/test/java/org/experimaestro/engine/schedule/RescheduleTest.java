package org.experimaestro.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.experimaestro.engine.guard.Uninterrupted;
import org.experimaestro.engine.time.RunClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs that come back: after a delay, for another try, or behind a dependency that appears; with time limits and priorities. */
@Timeout(120)
final class RescheduleTest {

    @Test
    void again_afterADelay_isReadyWhenItIsOver() {
        try (TestGraph graph = new TestGraph(1)) {
            graph.job("a").submit();
            graph.job("b").after("a").submit();
            graph.postpone("a", Duration.ofMinutes(5));
            assertThat(graph.phase("a")).isEqualTo(Phase.WAITING);
            assertThat(graph.hasEnded("a")).isFalse();

            graph.advance(Duration.ofMinutes(4));
            assertThat(graph.running()).isEmpty();
            graph.advance(Duration.ofMinutes(1));
            assertThat(graph.running()).containsExactly("a");
            graph.succeed("a");
            assertThat(graph.running()).containsExactly("b");
            assertThat(graph.clock().alarms()).isZero();
            assertThat(graph.changes())
                    .containsSubsequence("a RUNNING", "a WAITING", "a READY", "a RUNNING", "a DONE", "b READY");
        }
    }

    @Test
    void again_withoutDelay_goesBehindThoseThatAreReady() {
        try (TestGraph graph = new TestGraph(1)) {
            graph.job("a").submit();
            graph.job("b").submit();
            graph.postpone("a", Duration.ZERO);
            assertThat(graph.running()).containsExactly("b");
            graph.succeed("b");
            assertThat(graph.running()).containsExactly("a");
        }
    }

    @Test
    void again_whileItWaits_leavesItsRoomToOthers() {
        try (TestGraph graph = new TestGraph(1)) {
            graph.job("a").submit();
            graph.job("b").submit();
            graph.postpone("a", Duration.ofMinutes(5));
            assertThat(graph.running()).containsExactly("b");
            graph.advance(Duration.ofMinutes(5));
            assertThat(graph.phase("a")).isEqualTo(Phase.READY);
            graph.fail("b");
            assertThat(graph.running()).containsExactly("a");
        }
    }

    @Test
    void retry_jobThatIsDelayed_isRunAtOnceAndOnce() {
        try (TestGraph graph = new TestGraph(1)) {
            graph.job("a").submit();
            graph.postpone("a", Duration.ofMinutes(5));

            assertThat(graph.retry("a")).isEqualTo(RetryAnswer.GRANTED);
            assertThat(graph.running()).containsExactly("a");
            assertThat(graph.clock().alarms()).isZero();
            assertThat(graph.retry("a")).isEqualTo(RetryAnswer.NOT_FAILED);
            graph.succeed("a");
            graph.advance(Duration.ofMinutes(5));
            assertThat(graph.running()).isEmpty();
            assertThat(graph.phase("a")).isEqualTo(Phase.DONE);
        }
    }

    @Test
    void retry_failedJob_isRunAgain_andItsDependentsWaitForIt() {
        try (TestGraph graph = TestGraph.diamond()) {
            graph.fail("top");
            assertThat(graph.hasEnded("join")).isTrue();

            assertThat(graph.retry("top")).isEqualTo(RetryAnswer.GRANTED);
            assertThat(graph.running()).containsExactly("top");
            assertThat(graph.phase("join")).isEqualTo(Phase.WAITING);
            assertThat(graph.hasEnded("join")).isFalse();
            graph.succeed("top");
            graph.succeed("right");
            graph.succeed("left");
            graph.succeed("join");
            assertThat(graph.phase("join")).isEqualTo(Phase.DONE);
            assertThat(graph.changes()).containsOnlyOnce("join RUNNING", "left RUNNING", "right RUNNING");
        }
    }

    @Test
    void retry_oneOfTwoCulprits_leavesSkippedWhatNeedsBoth() {
        try (TestGraph graph = TestGraph.diamond()) {
            graph.succeed("top");
            graph.fail("left");
            graph.fail("right");
            graph.retry("left");
            assertThat(graph.phase("join")).isEqualTo(Phase.SKIPPED);

            graph.succeed("left");
            graph.retry("right");
            assertThat(graph.phase("join")).isEqualTo(Phase.WAITING);
            graph.fail("right");
            assertThat(graph.phase("join")).isEqualTo(Phase.SKIPPED);
            graph.retry("right");
            graph.succeed("right");
            assertThat(graph.running()).containsExactly("join");
        }
    }

    @Test
    void retry_foundFailed_isRunWithAllThatWasSkippedForIt() {
        try (TestGraph graph = new TestGraph(2)) {
            graph.job("slow").submit();
            graph.job("bad").foundEnded(false).submit();
            graph.job("b").after("bad", "slow").submit();
            graph.retry("bad");
            graph.succeed("bad");
            assertThat(graph.phase("b")).isEqualTo(Phase.WAITING);
            graph.succeed("slow");
            assertThat(graph.running()).containsExactly("b");
        }
    }

    @Test
    void retry_jobThatHasNotFailed_isRefused() {
        try (TestGraph graph = new TestGraph(1)) {
            graph.job("a").submit();
            graph.job("b").after("a").submit();
            assertThat(graph.retry("a")).isEqualTo(RetryAnswer.NOT_FAILED);
            graph.fail("a");
            assertThat(graph.retry("b")).isEqualTo(RetryAnswer.NOT_FAILED);
        }
    }

    @Test
    void end_isCompletedWhenAllHaveEndedAtOneMoment_andIsTheEndOfRetries() {
        try (TestGraph graph = new TestGraph(2)) {
            graph.job("a").submit();
            graph.job("b").submit();
            Future<Void> end = graph.end();
            graph.fail("a");
            assertThat(end).isNotDone();
            graph.retry("a");
            graph.succeed("b");
            assertThat(end).isNotDone();
            graph.fail("a");

            assertThat(end).isDone();
            assertThat(graph.retry("a")).isEqualTo(RetryAnswer.OVER);
        }
    }

    @Test
    void close_whoeverWaits_isTold() {
        TestGraph graph = new TestGraph(1);
        graph.job("a").submit();
        graph.job("b").submit();
        Future<Void> end = graph.end();
        graph.fail("a");
        graph.close();

        assertThat(end).isCancelled();
        assertThat(graph.retry("a")).isEqualTo(RetryAnswer.OVER);
        assertThatThrownBy(() -> graph.depend("b", "a")).hasCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void retry_skippedJob_isRefused_andItIsSkippedStill() {
        try (TestGraph graph = new TestGraph(1)) {
            graph.job("a").submit();
            graph.job("b").after("a").submit();
            graph.fail("a");
            assertThat(graph.retry("b")).isEqualTo(RetryAnswer.NOT_FAILED);
            assertThat(graph.phase("b")).isEqualTo(Phase.SKIPPED);

            assertThat(graph.retry("a")).isEqualTo(RetryAnswer.GRANTED);
            graph.succeed("a");
            assertThat(graph.running()).containsExactly("b");
        }
    }

    /** The delay ends while the job is skipped, or after it waits again. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void retry_ofWhatADelayedJobWasSkippedFor_keepsTheDelay(boolean isOver) throws Exception {
        try (TestGraph graph = new TestGraph(2)) {
            graph.job("a").submit();
            graph.job("x").submit();
            graph.postpone("a", Duration.ofMinutes(5));
            graph.depend("a", "x");
            graph.fail("x");
            assertThat(graph.phase("a")).isEqualTo(Phase.SKIPPED);
            if (isOver) {
                graph.advance(Duration.ofMinutes(5));
                assertThat(graph.phase("a")).isEqualTo(Phase.SKIPPED);
            }
            assertThat(graph.retry("x")).isEqualTo(RetryAnswer.GRANTED);
            graph.succeed("x");
            assertThat(graph.phase("a")).isEqualTo(isOver ? Phase.RUNNING : Phase.WAITING);
            graph.advance(Duration.ofMinutes(5));
            assertThat(graph.running()).containsExactly("a");
            assertThat(graph.clock().alarms()).isZero();
        }
    }

    @Test
    void close_interrupted_doesNotReturnBeforeTheLoopHasEnded() throws Exception {
        CountDownLatch inEvent = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicBoolean isHandled = new AtomicBoolean();
        Scheduler scheduler = new Scheduler(RunClock.SYSTEM, Runnable::run);
        scheduler.submit(
                new Job(
                        new Work() {
                            @Override
                            public Ending run() {
                                return new Ending.Done();
                            }

                            @Override
                            public List<Demand> demands() {
                                inEvent.countDown();
                                Uninterrupted.await(Duration.ofMinutes(1), limit -> await(goOn, limit));
                                isHandled.set(true);
                                return List.of();
                            }

                            @Override
                            public void changed(Phase phase) {}
                        },
                        List.of()),
                Scheduler.Found.TO_RUN);
        inEvent.await();
        AtomicReference<List<Boolean>> seen = new AtomicReference<>();
        Thread closer = Thread.ofPlatform().start(() -> {
            Thread.currentThread().interrupt();
            scheduler.close();
            seen.set(List.of(isHandled.get(), Thread.currentThread().isInterrupted()));
        });
        while (closer.getState() == Thread.State.RUNNABLE) {
            Thread.onSpinWait(); // until it waits, or has ended
        }
        closer.interrupt();
        goOn.countDown();
        closer.join();

        assertThat(seen.get()).containsExactly(true, true);
    }

    private static boolean await(CountDownLatch latch, Duration limit) throws InterruptedException {
        return latch.await(limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    // ---- time limits ----

    @Test
    void timeLimit_over_isToldOnce_andTheJobEndsAsItDoes() {
        try (TestGraph graph = new TestGraph(2)) {
            graph.job("a").timeLimit(Duration.ofHours(1)).submit();
            graph.advance(Duration.ofMinutes(59));
            assertThat(graph.expired()).isEmpty();
            graph.advance(Duration.ofMinutes(61));
            assertThat(graph.expired()).containsExactly("a");
            assertThat(graph.phase("a")).isEqualTo(Phase.RUNNING);
            graph.fail("a");
            assertThat(graph.phase("a")).isEqualTo(Phase.FAILED);
        }
    }

    @Test
    void timeLimit_isThatOfEachTry() {
        try (TestGraph graph = new TestGraph(2)) {
            graph.job("a").timeLimit(Duration.ofHours(1)).submit();
            graph.advance(Duration.ofMinutes(59));
            graph.postpone("a", Duration.ofMinutes(30));
            graph.advance(Duration.ofMinutes(30));
            graph.advance(Duration.ofMinutes(59));
            assertThat(graph.expired()).isEmpty();
            graph.succeed("a");
            assertThat(graph.clock().alarms()).isZero();
        }
    }

    // ---- dependencies that appear ----

    @Test
    void depend_jobThatWaits_waitsForTheOtherToo() throws Exception {
        try (TestGraph graph = new TestGraph(2)) {
            graph.job("a").submit();
            graph.job("b").submit();
            graph.job("c").after("a").submit();
            graph.depend("c", "b");
            graph.succeed("a");
            assertThat(graph.phase("c")).isEqualTo(Phase.WAITING);
            graph.succeed("b");
            assertThat(graph.running()).containsExactly("c");
        }
    }

    @Test
    void depend_jobThatIsReady_waitsAgain_andLeavesItsPlace() throws Exception {
        try (TestGraph graph = new TestGraph(1)) {
            graph.job("a").submit();
            graph.job("b").submit();
            graph.job("c").submit();
            graph.depend("b", "c");
            assertThat(graph.phase("b")).isEqualTo(Phase.WAITING);
            graph.succeed("a");
            assertThat(graph.running()).containsExactly("c");
            graph.fail("c");
            assertThat(graph.phase("b")).isEqualTo(Phase.SKIPPED);
        }
    }

    @Test
    void depend_jobThatRuns_waitsWhenItGoesBack() throws Exception {
        try (TestGraph graph = new TestGraph(2)) {
            graph.job("a").submit();
            graph.job("b").submit();
            graph.depend("a", "b");
            assertThat(graph.phase("a")).isEqualTo(Phase.RUNNING);
            graph.postpone("a", Duration.ZERO);
            assertThat(graph.phase("a")).isEqualTo(Phase.WAITING);
            graph.succeed("b");
            assertThat(graph.running()).containsExactly("a");
        }
    }

    @Test
    void depend_jobThatRunsOnOneThatFails_isSkippedWhenItGoesBack_unlessItIsDone() throws Exception {
        try (TestGraph graph = new TestGraph(3)) {
            graph.job("a").submit();
            graph.job("b").submit();
            graph.job("c").submit();
            graph.depend("a", "b");
            graph.depend("c", "b");
            graph.fail("b");
            graph.postpone("a", Duration.ofMinutes(1));
            assertThat(graph.phase("a")).isEqualTo(Phase.SKIPPED);
            graph.succeed("c");
            assertThat(graph.phase("c")).isEqualTo(Phase.DONE);
        }
    }

    @Test
    void depend_circleOrEndedJob_isRefused() {
        try (TestGraph graph = new TestGraph(2)) {
            graph.job("a").submit();
            graph.job("b").after("a").submit();
            graph.job("c").after("b").submit();
            assertThatThrownBy(() -> graph.depend("a", "c")).hasMessageContaining("wait for each other");
            assertThatThrownBy(() -> graph.depend("b", "b")).hasMessageContaining("wait for each other");
            graph.succeed("a");
            assertThatThrownBy(() -> graph.depend("a", "c")).hasMessageContaining("DONE");
        }
    }

    @Test
    void priority_largerOneGoesFirst() {
        try (TestGraph graph = new TestGraph(1)) {
            graph.job("a").submit();
            graph.job("low").submit();
            graph.job("high").priority(1).submit();
            graph.succeed("a");
            assertThat(graph.running()).containsExactly("high");
        }
    }
}
