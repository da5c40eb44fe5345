package org.experimaestro.engine.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.experimaestro.Outcome;
import org.experimaestro.engine.RunResult;
import org.experimaestro.spi.BatchStatus;
import org.experimaestro.trial.Lab;
import org.experimaestro.trial.Poll;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.JobState;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A batch system that does not answer, or whose code has a mistake. */
@Tag("thorough")
final class BatchOutageTest extends BatchRunFixture {
    @Test
    void submit_noAnswer_isSaidOnce_andTriedAgain() throws Exception {
        system.arrays(10).submitOutage("slurmctld does not answer");
        CompletableFuture<RunResult> run = lab.start(all(List.of("a", "b", "c")));
        Poll.until("it is tried again", () -> system.calls().submits().size() >= 2);
        assertThat(run).isNotDone();
        system.submitOutage(null);

        assertThat(run.get().outcome()).isEqualTo(Outcome.DONE);
        assertThat(lab.recorder().warnings()).hasSize(2);
        // On a busy machine, the first try may be made before all three are there.
        assertThat(lab.recorder().warnings().getFirst())
                .contains("slurmctld does not answer")
                .containsPattern("1 job waits|[23] jobs wait");
        assertThat(lab.recorder().warnings().getLast()).isEqualTo("farm answers again");
        assertThat(lab.control().executions()).hasSize(3);
    }

    @Test
    void submit_answerLost_jobThatWasTakenTwiceRunsOnce() throws Exception {
        lab.control().hold("a");
        system.loseAnswers(1);
        CompletableFuture<RunResult> run = lab.start(single());
        Poll.until("it is submitted again", () -> system.jobIds().size() == 2);
        lab.control().awaitExecution("a");
        // One of the two processes has the job; the other one ends, with nothing done.
        Poll.until(
                "one process gives way",
                () -> system.jobIds().stream()
                        .map(system::process)
                        .anyMatch(process -> !process.isAlive() && process.exitValue() == 3));
        int polls = system.calls().polls().size();
        Poll.until("it is asked for", () -> system.calls().polls().size() >= polls + 2);
        assertThat(run).isNotDone();
        lab.control().release("a");

        assertThat(run.get().outcome()).isEqualTo(Outcome.DONE);
        assertThat(lab.control().executions()).containsExactly("a");
        assertThat(lab.status("a").lastAttempt()).hasValue(1);
    }

    @Test
    void submit_answerLostAndJobDone_isNotSubmittedAgain() throws Exception {
        system.loseAnswers(1);
        CompletableFuture<RunResult> run = lab.start(single());
        Poll.until("it was taken", () -> system.jobIds().size() == 1);
        system.submitOutage("slurmctld does not answer");
        Poll.until("it is done", () -> lab.status("a").state() == JobState.DONE);
        system.submitOutage(null);

        assertThat(run.get().outcome()).isEqualTo(Outcome.DONE);
        assertThat(system.jobIds()).hasSize(1);
        assertThat(lab.control().executions()).containsExactly("a");
    }

    @Test
    void submit_answerLostAndJobFailed_isNotSubmittedAgain() throws Exception {
        lab.control().fail("a");
        system.loseAnswers(1);
        CompletableFuture<RunResult> run = lab.start(single());
        Poll.until("it was taken", () -> system.jobIds().size() == 1);
        system.submitOutage("slurmctld does not answer");
        Poll.until("it has failed", () -> lab.status("a").state() == JobState.FAILED);
        system.submitOutage(null);

        assertThat(run.get().failures().getFirst().status().findCause()).contains(FailureCause.EXCEPTION);
        assertThat(system.jobIds()).hasSize(1);
    }

    @Test
    void poll_noAnswer_isSaidOnce_andJobsGoOn() throws Exception {
        lab.control().hold("a");
        system.pollOutage("squeue: error: Unable to contact slurm controller");
        CompletableFuture<RunResult> run = lab.start(all(List.of("a", "b")));
        Poll.until("it is asked again", () -> system.calls().polls().size() >= 3);
        Poll.until("a job ends meanwhile", () -> lab.recorder().changes().contains("b DONE"));
        system.pollOutage(null);
        Poll.until("it is back", () -> lab.recorder().warnings().size() == 2);
        lab.control().release("a");

        assertThat(run.get().outcome()).isEqualTo(Outcome.DONE);
        assertThat(lab.recorder().warnings().getFirst()).contains("Unable to contact slurm controller", "jobs go on");
        assertThat(lab.recorder().warnings().getLast()).isEqualTo("farm answers again");
    }

    @Test
    void poll_launcherTypeThatThrows_isSaid_andTheRunEnds() throws Exception {
        lab.control().hold("a");
        system.breakPoll(new IllegalStateException("cannot read the answer"));
        CompletableFuture<RunResult> run = lab.start(single());
        Poll.until("it is said", () -> !lab.recorder().warnings().isEmpty());
        assertThat(lab.recorder().warnings().getFirst()).contains("cannot read the answer");
        system.breakPoll(null);
        system.end(jobId("a"), false, ended(BatchStatus.End.NODE_FAILURE, "NODE_FAIL"));

        assertThat(run.get().failures().getFirst().status().findCause()).contains(FailureCause.NODE_FAILURE);
    }

    @Test
    void poll_throwsErrors_areToldAndTheJobIsSeenToEnd() throws Exception {
        for (Error thrown : List.of(new StackOverflowError("deep"), new AssertionError("wrong"))) {
            lab.control().hold(thrown.getMessage());
            system.breakPoll(thrown);
            CompletableFuture<RunResult> run = lab.start(all(List.of(thrown.getMessage())));
            Poll.until("it is said", () -> !lab.recorder().warnings().isEmpty());
            assertThat(lab.recorder().warnings().getFirst()).contains(thrown.getMessage());
            system.breakPoll(null);
            lab.control().release(thrown.getMessage());

            assertThat(run.get().outcome()).isEqualTo(Outcome.DONE);
        }
    }

    /** The author of a launcher type may forget an exit code, though nothing lets him. */
    @Test
    @SuppressWarnings("NullAway")
    void poll_answerForOneJobThatBreaksTheCode_endsThatJobOnly() throws Exception {
        lab.control().hold("bad");
        lab.control().hold("good");
        CompletableFuture<RunResult> run = lab.start(all(List.of("bad", "good")));
        lab.control().awaitExecution("bad");
        system.say(
                jobId("bad"),
                new BatchStatus(
                        BatchStatus.Phase.ENDED,
                        "ODD",
                        "",
                        false,
                        Optional.of(BatchStatus.End.COMPLETED),
                        null,
                        Optional.empty()));
        Poll.until("the job is given up", () -> lab.recorder().changes().contains("bad FAILED"));
        lab.control().release("good");

        RunResult result = run.get();
        assertThat(result.executed()).isEqualTo(1);
        assertThat(result.failures()).singleElement().satisfies(failure -> {
            assertThat(Lab.name(failure.task())).isEqualTo("bad");
            assertThat(failure.status().isActive()).isTrue();
            assertThat(failure.end().message()).contains("NullPointerException");
        });
        lab.control().release("bad");
    }

    @Test
    void submit_systemThatCannotSayHowMuchItTakes_isAFailureAndNoWait() throws Exception {
        system.breakSize(new NoClassDefFoundError("Gone"));
        RunResult result = lab.run(all(List.of("a", "b")));

        assertThat(result.failures())
                .hasSize(2)
                .allSatisfy(failure -> assertThat(failure.end().message()).contains("NoClassDefFoundError: Gone"));
        assertThat(lab.status("a").isActive()).isFalse();
    }
}
