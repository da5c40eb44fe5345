package org.experimaestro.engine.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.experimaestro.Outcome;
import org.experimaestro.engine.RunAccount;
import org.experimaestro.engine.RunResult;
import org.experimaestro.spi.BatchStatus;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.trial.FastClock;
import org.experimaestro.trial.Lab;
import org.experimaestro.trial.Poll;
import org.experimaestro.trial.TestBatchSystem;
import org.experimaestro.trial.TestLaunchers;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.JobStatus;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How jobs of a batch system end, and what they are told to have ended by. */
@Tag("thorough")
final class BatchEndTest extends BatchRunFixture {
    /** A marker that comes late is waited for, twenty times as fast. */
    private void hurry() {
        system.pollPeriod(Duration.ofMillis(400));
        lab.clock(new FastClock(20));
    }

    // ---- ends ----

    @Test
    void run_jobsThatEndWithoutAWord_haveTheCauseThatTheSystemTells() throws Exception {
        Map<BatchStatus.End, FailureCause> causes = Map.of(
                BatchStatus.End.COMPLETED, FailureCause.VANISHED,
                BatchStatus.End.FAILED, FailureCause.VANISHED,
                BatchStatus.End.TIME_LIMIT, FailureCause.TIME_LIMIT,
                BatchStatus.End.MEMORY_LIMIT, FailureCause.MEMORY_LIMIT,
                BatchStatus.End.NODE_FAILURE, FailureCause.NODE_FAILURE,
                BatchStatus.End.PREEMPTED, FailureCause.PREEMPTED,
                BatchStatus.End.CANCELLED, FailureCause.CANCELLED,
                BatchStatus.End.REFUSED, FailureCause.REFUSED);
        assertThat(causes).hasSize(BatchStatus.End.values().length);
        system = TestBatchSystem.create(folder.toString(), causes.size());
        hurry();
        List<String> names = causes.keySet().stream().map(Enum::name).toList();
        names.forEach(lab.control()::hold);
        CompletableFuture<RunResult> run = lab.start(all(names));
        for (String name : names) {
            lab.control().awaitExecution(name);
            system.end(jobId(name), false, ended(BatchStatus.End.valueOf(name), "STATE_" + name));
        }

        assertThat(run.get().failures()).hasSize(causes.size());
        for (RunAccount.Job failure : run.get().failures()) {
            BatchStatus.End end = BatchStatus.End.valueOf(Lab.name(failure.task()));
            assertThat(failure.status().findCause()).as(end.name()).contains(causes.get(end));
            assertThat(failure.status().message()).contains("STATE_" + end + " (the reason)");
        }
    }

    @Test
    void run_jobThatWasAskedToEndAtItsTimeLimit_hasThatCause() throws Exception {
        lab.control().hold("a");
        CompletableFuture<RunResult> run = lab.start(single());
        lab.control().awaitExecution("a");
        system.end(jobId("a"), true, ended(BatchStatus.End.TIME_LIMIT, "TIMEOUT"));

        assertThat(run.get().failures().getFirst().status().findCause()).contains(FailureCause.TIME_LIMIT);
        assertThat(lab.status("a").message()).contains("TIMEOUT");
    }

    @Test
    void run_jobCancelledBehindOurBack_isCancelled_andTheNextRunRepeatsIt() throws Exception {
        lab.control().hold("a");
        CompletableFuture<RunResult> run = lab.start(single());
        lab.control().awaitExecution("a");
        cancel("a");
        assertThat(run.get().failures().getFirst().status().findCause()).contains(FailureCause.CANCELLED);

        lab.control().release("a");
        RunResult next = lab.run(single());
        assertThat(next.outcome()).isEqualTo(Outcome.DONE);
        assertThat(lab.status("a").lastAttempt()).hasValue(2);
    }

    @Test
    void run_pendingJobCancelledBehindOurBack_isCancelled() throws Exception {
        system.hold();
        CompletableFuture<RunResult> run = lab.start(single());
        cancel("a");

        assertThat(run.get().failures().getFirst().status().findCause()).contains(FailureCause.CANCELLED);
        assertThat(lab.control().executions()).isEmpty();
    }

    @Test
    void run_javaThatIsNotThere_tellsWhatItsLogSays() throws Exception {
        LauncherDefinition wrong = new LauncherDefinition(
                launcher.name(),
                launcher.type(),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                launcher.environment(),
                Optional.of("/no/such/java"),
                launcher.jdks(),
                0,
                launcher.options(),
                List.of());
        lab.launchers(TestLaunchers.finder(wrong));
        hurry();
        JobStatus status = lab.run(single()).failures().getFirst().status();

        assertThat(status.findCause()).contains(FailureCause.NOT_STARTED);
        assertThat(status.message()).contains("FAILED", "/no/such/java", "not found");
    }

    // ---- started again ----

    @Test
    void run_requeuedJob_isTheSecondAttempt_andDoneOnce() throws Exception {
        lab.control().hold("a");
        CompletableFuture<RunResult> run = lab.start(single());
        lab.control().awaitExecution("a");
        system.requeue(jobId("a"));
        Poll.until("it is executed again", () -> lab.control().executions().size() == 2);
        assertThat(lab.status("a").lastAttempt()).hasValue(2);
        lab.control().release("a");

        assertThat(run.get().outcome()).isEqualTo(Outcome.DONE);
        assertThat(run.get().executed()).isEqualTo(1);
        assertThat(lab.status("a").lastAttempt()).hasValue(2);
        assertThat(lab.control().executions()).containsExactly("a", "a");
        assertThat(system.calls().submits()).hasSize(1);
    }

    @Test
    void duplicate_whileTheFirstLives_endsWithNothingDone() throws Exception {
        lab.control().hold("a");
        CompletableFuture<RunResult> run = lab.start(single());
        lab.control().awaitExecution("a");
        assertThat(system.duplicate(jobId("a")).waitFor()).isEqualTo(3);
        lab.control().release("a");

        assertThat(run.get().outcome()).isEqualTo(Outcome.DONE);
        assertThat(lab.control().executions()).containsExactly("a");
    }

    /** The workspace is shared, so only the job's process moves files. */
    @Test
    void run_jobThatHasFailed_keepsItsFilesUntilTheNextAttemptIsDone() throws Exception {
        lab.control().fail("a");
        lab.run(single());
        Files.writeString(lab.job("a").path().resolve("old.txt"), "old");
        lab.control().mend("a");
        lab.control().hold("a");
        CompletableFuture<RunResult> run = lab.start(single());
        Poll.until("it runs again", () -> lab.control().executions().size() == 2);

        assertThat(lab.job("a").path().resolve("old.txt")).doesNotExist();
        assertThat(lab.job("a").findFormerFiles().orElseThrow().resolve("old.txt"))
                .hasContent("old");
        lab.control().release("a");
        assertThat(run.get().outcome()).isEqualTo(Outcome.DONE);
        assertThat(lab.job("a").findFormerFiles()).isEmpty();
    }

    private void cancel(String name) throws Exception {
        String jobId = jobId(name);
        system.cancel(lab.status(name).findBatchJob().orElseThrow().name(), List.of(jobId));
    }
}
