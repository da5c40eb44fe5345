package org.experimaestro.engine.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.experimaestro.Launcher;
import org.experimaestro.Outcome;
import org.experimaestro.RetryPolicy;
import org.experimaestro.engine.RunResult;
import org.experimaestro.requirement.Alternative;
import org.experimaestro.spi.BatchStatus;
import org.experimaestro.spi.Placement;
import org.experimaestro.spi.Resources;
import org.experimaestro.trial.Poll;
import org.experimaestro.trial.TestLaunchers;
import org.junit.jupiter.api.Test;

/** Retries of jobs that a batch system has ended. */
final class BatchRetryTest extends BatchRunFixture {
    private static final long MOST_OF_SMALL = 10_000_000_000L;

    private Placement place(Launcher request) {
        Alternative asked = request.requirement().orElseThrow().alternatives().getFirst();
        return Placement.on(launcher, request).toBuilder()
                .partition(asked.memory() > MOST_OF_SMALL ? "large" : "small")
                .resources(new Resources(
                        asked.duration(), asked.cores(), asked.memory(), new TreeMap<>(), false, new TreeSet<>()))
                .build();
    }

    private void awaitExecutions(int count) {
        Poll.until(
                count + " executions",
                () -> lab.control().executions().size() == count
                        && lab.status("a").lastAttempt().orElse(0) == count);
    }

    @Test
    void run_memoryLimitAndPreemption_areTriedAgainWhereTheMemoryIs() throws Exception {
        lab.launchers(TestLaunchers.finder(launcher, this::place));
        lab.control().hold("a");
        CompletableFuture<RunResult> run = lab.start((xp, settings) -> xp.submit(
                lab.step("a"),
                Launcher.find("cpu(mem=8G)")
                        .retries(RetryPolicy.parse("memory_limit 1 x2 after 0 s, preempted 3 after 0 s, max 1"))));
        awaitExecutions(1);
        system.end(jobId("a"), false, ended(BatchStatus.End.MEMORY_LIMIT, "OUT_OF_MEMORY"));
        awaitExecutions(2);
        system.end(jobId("a"), false, ended(BatchStatus.End.PREEMPTED, "PREEMPTED"));
        awaitExecutions(3);
        lab.control().release("a");

        assertThat(run.get().outcome()).isEqualTo(Outcome.DONE);
        assertThat(system.partitions()).containsExactly("small", "large", "large");
        assertThat(lab.job("a").attempt(2).record().origin().retry())
                .isEqualTo("attempt 2 of 2, memory 8G → 16G, on farm, partition large");
        assertThat(lab.job("a").attempt(3).record().origin().retry()).isEqualTo("attempt 3 of 5");
    }

    @Test
    void run_jobThatSomebodyCancels_isNotTriedAgain() throws Exception {
        lab.control().hold("a");
        CompletableFuture<RunResult> run = lab.start((xp, settings) -> xp.submit(
                lab.step("a"), Launcher.local().retries(RetryPolicy.parse("vanished 9 after 0 s, exception 9"))));
        awaitExecutions(1);
        system.end(jobId("a"), true, ended(BatchStatus.End.CANCELLED, "CANCELLED"));

        assertThat(run.get().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(lab.control().executions()).containsExactly("a");
    }
}
