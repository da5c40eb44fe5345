package org.experimaestro.engine.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.experimaestro.spi.Batch;
import org.experimaestro.spi.BatchStatus;
import org.experimaestro.spi.BatchSystem;
import org.experimaestro.spi.RefusedException;
import org.experimaestro.spi.UnreachableException;
import org.experimaestro.trial.Poll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class CancellationBatcherTest {
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch answer = new CountDownLatch(1);
    private final List<List<String>> calls = new CopyOnWriteArrayList<>();
    private final CancellationBatcher batcher = new CancellationBatcher(new SlowSystem());

    /** A system whose first answer comes when the test lets it, and that refuses and does not answer for some jobs. */
    private final class SlowSystem implements BatchSystem {
        @Override
        public String script(Batch batch) {
            throw new AssertionError();
        }

        @Override
        public List<String> submit(Batch batch) {
            throw new AssertionError();
        }

        @Override
        public Map<String, BatchStatus> poll(Collection<String> jobIds, Instant since) {
            throw new AssertionError();
        }

        @Override
        public void cancel(String name, Collection<String> jobIds)
                throws RefusedException, UnreachableException, InterruptedException {
            calls.add(List.copyOf(jobIds));
            begun.countDown();
            answer.await();
            if (jobIds.contains("foreign")) {
                throw new RefusedException("foreign is another user's");
            }
            if (jobIds.contains("away")) {
                throw new UnreachableException("no answer");
            }
        }
    }

    private record Cancellation(FutureTask<Void> end, Thread thread) {}

    /** Cancels a job in a thread of its own. */
    private Cancellation cancel(String name, String jobId) {
        Callable<Void> call = () -> {
            batcher.cancel(name, jobId);
            return null;
        };
        FutureTask<Void> end = new FutureTask<>(call);
        return new Cancellation(end, Thread.ofVirtual().start(end));
    }

    /** Cancels a job, and waits until its thread waits. */
    private Cancellation cancelLater(String name, String jobId) {
        Cancellation later = cancel(name, jobId);
        Poll.until("it waits", () -> later.thread().getState() == Thread.State.WAITING);
        return later;
    }

    @Test
    void cancel_manyDuringACall_needsOneMoreCall() throws Exception {
        List<Cancellation> all = new ArrayList<>();
        all.add(cancel("learn", "0"));
        begun.await();
        for (int i = 1; i <= 100; i++) {
            all.add(cancelLater("learn", Integer.toString(i)));
        }
        answer.countDown();
        for (Cancellation each : all) {
            each.end().get();
        }

        assertThat(calls).hasSize(2);
        assertThat(calls.getLast()).hasSize(100).startsWith("1").endsWith("100");
    }

    @Test
    void cancel_jobsOfSeveralNames_areInCallsOfTheirOwn() throws Exception {
        Cancellation first = cancel("learn", "0");
        begun.await();
        Cancellation learn = cancelLater("learn", "1");
        Cancellation evaluate = cancelLater("evaluate", "2");
        answer.countDown();
        first.end().get();
        learn.end().get();
        evaluate.end().get();

        assertThat(calls).containsExactlyInAnyOrder(List.of("0"), List.of("1"), List.of("2"));
    }

    @Test
    void cancel_oneIsRefused_othersAreCancelled() throws Exception {
        Cancellation first = cancel("learn", "0");
        begun.await();
        Cancellation one = cancelLater("learn", "1");
        Cancellation foreign = cancelLater("learn", "foreign");
        answer.countDown();
        first.end().get();
        one.end().get();

        assertThatThrownBy(() -> foreign.end().get())
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(RefusedException.class);
        assertThat(calls).contains(List.of("1", "foreign"), List.of("1"), List.of("foreign"));
    }

    @Test
    void cancel_systemDoesNotAnswer_isToldToEach() throws Exception {
        answer.countDown();

        assertThatThrownBy(() -> batcher.cancel("learn", "away")).isInstanceOf(UnreachableException.class);
        batcher.cancel("learn", "1");
        assertThat(calls).containsExactly(List.of("away"), List.of("1"));
    }

    @Test
    void cancel_interruptedCall_isRepeatedByTheOthers() throws Exception {
        Cancellation first = cancel("learn", "0");
        begun.await();
        Cancellation second = cancelLater("learn", "1");
        first.thread().interrupt();
        assertThatThrownBy(() -> first.end().get()).hasCauseInstanceOf(InterruptedException.class);
        answer.countDown();
        second.end().get();

        assertThat(calls).containsExactly(List.of("0"), List.of("1"));
    }

    @Test
    void cancel_moreThanACallMayHave_needsSeveral() throws Exception {
        List<Cancellation> all = new ArrayList<>();
        all.add(cancel("learn", "first"));
        begun.await();
        for (int i = 0; i <= CancellationBatcher.LARGEST; i++) {
            all.add(cancelLater("learn", Integer.toString(i)));
        }
        answer.countDown();
        for (Cancellation each : all) {
            each.end().get();
        }

        assertThat(calls).extracting(List::size).containsExactly(1, CancellationBatcher.LARGEST, 1);
    }
}
