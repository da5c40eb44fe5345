package org.experimaestro.engine.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.experimaestro.engine.RunResult;
import org.experimaestro.engine.job.JobSpec;
import org.experimaestro.engine.time.RunClock;
import org.experimaestro.spi.BatchStatus;
import org.experimaestro.spi.BatchUse;
import org.experimaestro.trial.FastClock;
import org.experimaestro.trial.TestLaunchers;
import org.experimaestro.workspace.AccountedUse;
import org.experimaestro.workspace.BatchJobReference;
import org.experimaestro.workspace.JobFolder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a batch system accounts for jobs is stored with their attempts, and nothing waits for it. */
@Tag("thorough")
final class AccountedUseTest extends BatchRunFixture {
    private static final BatchUse KILLED = new BatchUse(
            "OUT_OF_MEMORY",
            OptionalInt.of(137),
            OptionalDouble.of(75),
            OptionalDouble.of(125.25),
            OptionalLong.of(3L << 30));

    private static final JobSpec.Listener SILENT = new JobSpec.Listener() {
        @Override
        public void statusChanged(String state) {}

        @Override
        public void warned(String text) {}
    };

    @Test
    void run_jobThatIsKilledFromOutside_hasTheUseThatItsBatchSystemCounts() throws Exception {
        system.pollPeriod(Duration.ofMillis(400));
        lab.clock(new FastClock(20)); // a marker that comes late is waited for
        lab.control().hold("a");
        CompletableFuture<RunResult> run = lab.start(single());
        lab.control().awaitExecution("a");
        system.account(jobId("a"), KILLED);
        String jobId = jobId("a");
        system.end(jobId, false, ended(BatchStatus.End.MEMORY_LIMIT, "OUT_OF_MEMORY"));
        run.get();

        assertThat(use(lab.job("a"), 1))
                .contains(new AccountedUse(
                        "farm",
                        jobId,
                        "OUT_OF_MEMORY",
                        OptionalInt.of(137),
                        OptionalDouble.of(75),
                        OptionalDouble.of(125.25),
                        OptionalLong.of(3L << 30)));
    }

    @Test
    void run_systemThatDoesNotTellWhatItCounts_endsAsEver() throws Exception {
        lab.control().hold("a");
        CompletableFuture<RunResult> run = lab.start(single());
        lab.control().awaitExecution("a");
        system.pollOutage("connection refused");
        lab.control().release("a");

        assertThat(run.get().executed()).isEqualTo(1);
        assertThat(use(lab.job("a"), 1)).isEmpty();
    }

    @Test
    void ask_forManyJobs_isOneQuestion_andEndsAfterSome() throws Exception {
        lab.run(all(List.of("a", "b")));
        int before = system.useQuestions().size();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                RunBatchClients run = new RunBatchClients(
                        TestLaunchers.finder(launcher), getClass().getClassLoader())) {
            AccountedUseCollector collector = new AccountedUseCollector(system, threads, RunClock.SYSTEM);
            long begin = System.nanoTime();
            collector.add(ended("a", run), lab.status("a"));
            collector.add(ended("b", run), lab.status("b"));
            system.account(jobOf("a").jobId(), KILLED);
            collector.ask(begin); // too early for both
            assertThat(system.useQuestions()).hasSize(before);
            collector.ask(Long.MAX_VALUE);
            assertThat(system.useQuestions().get(before))
                    .isEqualTo(Set.of(jobOf("a").jobId(), jobOf("b").jobId()));
            assertThat(use(lab.job("a"), 1)).isPresent();
            for (int question = 1; question < AccountedUseCollector.MOST_QUESTIONS + 3; question++) {
                collector.ask(Long.MAX_VALUE);
            }
            assertThat(system.useQuestions().size() - before).isEqualTo(AccountedUseCollector.MOST_QUESTIONS);
            assertThat(use(lab.job("b"), 1)).isEmpty();
        }
    }

    private BatchJobReference jobOf(String name) throws Exception {
        return lab.job(name).attempt(1).batchJob().orElseThrow();
    }

    private TrackedJob ended(String name, RunBatchClients run) throws Exception {
        return new TrackedJob(lab.job(name), jobOf(name), folder, SILENT, run);
    }

    private static Optional<AccountedUse> use(JobFolder job, int attempt) throws Exception {
        return job.attempt(attempt).record().findAccountedUse();
    }
}
