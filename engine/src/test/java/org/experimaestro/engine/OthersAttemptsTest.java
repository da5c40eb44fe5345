package org.experimaestro.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.experimaestro.ExperimentPlan;
import org.experimaestro.Launcher;
import org.experimaestro.Outcome;
import org.experimaestro.RetryPolicy;
import org.experimaestro.workspace.Attempt;
import org.experimaestro.workspace.BatchJobReference;
import org.experimaestro.workspace.Claim;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.RunRequest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Retries of jobs at which other runs have made attempts. */
@Timeout(60)
@EnabledOnOs(OS.LINUX)
@Tag("thorough")
final class OthersAttemptsTest extends RequestsFixture {
    private static final ProcessIdentity SELF = ProcessIdentity.current();

    private ExperimentPlan<String> plan(String retries) {
        return (xp, settings) -> xp.submit(lab.step("a"), Launcher.local().retries(RetryPolicy.parse(retries)));
    }

    private Attempt begin() throws IOException {
        Attempt attempt = ((Claim.Granted) lab.job("a").claim(SELF, "other/run")).attempt();
        attempt.begin(SELF, System.currentTimeMillis());
        return attempt;
    }

    private void fail(FailureCause cause) throws IOException {
        begin().failed(cause, "as another run has it", null);
    }

    @ParameterizedTest
    @EnumSource(
            value = FailureCause.class,
            names = {"CONTINUED", "PREEMPTED", "NOT_STARTED", "EXCEPTION"})
    void run_policyUsedUpAcrossRuns_endsWhateverTheLastCause(FailureCause last) throws Exception {
        lab.control().fail("a");
        String retries = "exception 1 after 0 s, preempted 9 after 0 s, not_started 9 after 0 s, max 1, across runs";
        lab.run(plan(retries));
        fail(last);

        RunResult end = lab.start(plan(retries)).get(30, TimeUnit.SECONDS);

        assertThat(end.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(lab.control().executions()).containsExactly("a", "a");
    }

    /** A process that is asked to end may not know why, but its batch system does. */
    @Test
    void run_attemptsWithTwoMarkers_countByTheBatchSystemsCause() throws Exception {
        lab.control().fail("a");
        String retries = "time_limit 9 after 0 s, max 2, across runs";
        lab.run(plan(retries));
        for (int i = 0; i < 2; i++) {
            Attempt attempt = begin();
            attempt.recordBatchJob(new BatchJobReference("farm", "test", "1", "/log", Instant.now()));
            attempt.failed(FailureCause.CANCELLED, "asked to end", null);
            attempt.ended(SELF, FailureCause.TIME_LIMIT, "took too long", null);
        }

        assertThat(lab.run(plan(retries)).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(lab.control().executions()).containsExactly("a");
    }

    private void runWithAnAttemptInTheDelay(String retries, FailureCause cause, boolean isKilled) throws Exception {
        lab.control().fail("a");
        lab.listening(recorder -> onCall(recorder, "triedAgain", () -> {
            Attempt attempt = begin();
            if (isKilled) {
                attempt.stop().write(FailureCause.CANCELLED);
            }
            return attempt.failed(cause, "as another run has it", null);
        }));

        RunResult end = lab.start(plan(retries)).get(30, TimeUnit.SECONDS);

        assertThat(end.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(lab.control().executions()).containsExactly("a");
        assertThat(lab.status("a").lastAttempt()).hasValue(2);
    }

    @ParameterizedTest
    @EnumSource(
            value = FailureCause.class,
            names = {"CANCELLED", "EXCEPTION"})
    void run_otherAttemptDuringTheDelay_isDecidedAbout(FailureCause cause) throws Exception {
        runWithAnAttemptInTheDelay("exception 1 after 1 s", cause, false);
    }

    @Test
    void run_otherAttemptThatSomebodyEnded_isNotTriedAgain() throws Exception {
        runWithAnAttemptInTheDelay("exception 9 after 1 s", FailureCause.EXCEPTION, true);
    }

    @Test
    void retry_jobThatWaits_isRefusedAndChangesNothing() throws Exception {
        lab.control().fail("a");
        String retries = "exception 1 after 0 s, max 1, across runs";
        lab.run(plan(retries));
        lab.control().hold("first");
        lab.slots(1);
        CompletableFuture<RunResult> run = lab.start((xp, settings) -> {
            xp.submit(lab.step("first"));
            plan(retries).run(xp, settings);
        });
        lab.control().awaitExecution("first");

        RunRequest retry = new RunRequest.Retry(lab.job("a").name());
        assertThat(ask(retry).isAccepted()).isFalse();
        lab.control().release("first");

        assertThat(run.get().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(lab.control().executions()).containsExactly("a", "a", "first");
    }
}
