package org.experimaestro.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.experimaestro.ExperimentPlan;
import org.experimaestro.Launcher;
import org.experimaestro.Outcome;
import org.experimaestro.RetryPolicy;
import org.experimaestro.trial.Poll;
import org.experimaestro.workspace.JobState;
import org.experimaestro.workspace.RunRequest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Requests to a run while a job waits for the time of its next attempt. */
@Tag("thorough")
@Timeout(120)
@EnabledOnOs(OS.LINUX)
final class DelayedRetryTest extends RequestsFixture {
    private final CountDownLatch waits = new CountDownLatch(1);

    private CompletableFuture<RunResult> startAndFail(String... others) throws InterruptedException {
        return startAndFail("exception 1 after 1 h", others);
    }

    private CompletableFuture<RunResult> startAndFail(String policy, String[] others) throws InterruptedException {
        lab.listening(recorder -> onCall(recorder, "triedAgain", () -> {
            waits.countDown();
            return null;
        }));
        lab.control().fail("a");
        ExperimentPlan<String> plan = (xp, settings) -> {
            xp.submit(lab.step("b", xp.submit(lab.step("a"), Launcher.local().retries(RetryPolicy.parse(policy)))));
            List.of(others).forEach(name -> xp.submit(lab.step(name)));
        };
        CompletableFuture<RunResult> run = lab.start(plan);
        waits.await();
        return run;
    }

    @Test
    void stop_whileAJobWaits_endsTheWaiting() throws Exception {
        CompletableFuture<RunResult> run = startAndFail();

        assertThat(ask(new RunRequest.Stop()).isAccepted()).isTrue();

        assertThatThrownBy(run::get).hasCauseInstanceOf(InterruptedException.class);
        assertThat(lab.control().executions()).containsExactly("a");
        assertThat(lab.recorder().ends()).containsExactly("stopped, failed [a], not started [b]");
        assertThat(lab.status("a").state()).isEqualTo(JobState.FAILED);
    }

    @Test
    void giveUp_whileAJobWaits_itHasFailed_andCanBeTriedAgainByRequest() throws Exception {
        lab.slots(1).control().hold("c");
        CompletableFuture<RunResult> run = startAndFail("c");
        lab.control().awaitExecution("c"); // the only place is taken
        RunRequest giveUp = new RunRequest.GiveUp(lab.job("a").name());

        assertThat(ask(giveUp).message()).isEqualTo("the job is not tried again");
        Poll.until("b is skipped", () -> lab.recorder().changes().contains("b SKIPPED"));
        assertThat(lab.recorder().failures().getFirst().message()).endsWith("so it is not tried again");
        assertThat(ask(giveUp).message()).isEqualTo("the job does not wait for another attempt: it is failed");

        lab.control().mend("a");
        assertThat(ask(new RunRequest.Retry(lab.job("a").name())).isAccepted()).isTrue();
        lab.control().release("c");
        assertThat(run.get().outcome()).isEqualTo(Outcome.DONE);
        assertThat(lab.control().executions()).containsExactly("a", "c", "a", "b");
    }

    @Test
    void giveUp_attemptWhoseTimeHasComeAndThatWaitsForAPlace_hasFailedAtOnce() throws Exception {
        lab.slots(1).control().hold("c");
        CompletableFuture<RunResult> run = startAndFail("exception 1 after 1 s", new String[] {"c"});
        lab.control().awaitExecution("c");
        Poll.until("a waits for the place", () -> changes("a READY") == 2);

        RunRequest giveUp = new RunRequest.GiveUp(lab.job("a").name());
        assertThat(ask(giveUp).message()).isEqualTo("the job is not tried again");

        Poll.until("b is skipped", () -> changes("b SKIPPED") == 1);
        lab.control().release("c");
        assertThat(run.get().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(lab.control().executions()).containsExactly("a", "c");
    }

    @Test
    void giveUp_attemptOfAPausedRun_hasFailedOnceTheRunGoesOn() throws Exception {
        lab.slots(1).control().hold("c");
        CompletableFuture<RunResult> run = startAndFail("exception 1 after 1 s", new String[] {"c"});
        lab.control().awaitExecution("c");
        Poll.until("a waits for the place", () -> changes("a READY") == 2);
        assertThat(ask(new RunRequest.Pause()).isAccepted()).isTrue();

        RunRequest giveUp = new RunRequest.GiveUp(lab.job("a").name());
        assertThat(ask(giveUp).message()).isEqualTo("the job is not tried again, once the run goes on");
        lab.control().release("c");
        assertThat(ask(new RunRequest.Resume()).isAccepted()).isTrue();

        assertThat(run.get().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(lab.control().executions()).containsExactly("a", "c");
    }

    private long changes(String change) {
        return lab.recorder().changes().stream().filter(change::equals).count();
    }

    @Test
    void retry_whileAJobWaits_startsItAtOnce() throws Exception {
        CompletableFuture<RunResult> run = startAndFail();
        lab.control().mend("a");

        RunRequest retry = new RunRequest.Retry(lab.job("a").name());
        assertThat(ask(retry).message()).startsWith("the job is tried again");

        assertThat(run.get().outcome()).isEqualTo(Outcome.DONE);
        assertThat(lab.control().executions()).containsExactly("a", "a", "b");
    }
}
