package org.experimaestro.engine.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.experimaestro.Outcome;
import org.experimaestro.engine.RunResult;
import org.experimaestro.engine.time.RunClock;
import org.experimaestro.trial.CopyConnector;
import org.experimaestro.trial.Poll;
import org.experimaestro.trial.TestClock;
import org.experimaestro.trial.TestLaunchers;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.JobState;
import org.experimaestro.workspace.JobStatus;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Jobs on a host that does not share the workspace. */
@Tag("thorough")
final class CopiedWorkspaceTest extends CopiedWorkspaceFixture {
    @Test
    void run_chain_sendsWhatJobsNeed_andFetchesWhatTheyMade() throws Exception {
        RunResult result = lab.run(chain());

        assertThat(result.outcome()).isEqualTo(Outcome.DONE);
        assertThat(result.executed()).isEqualTo(2);
        assertThat(Files.readString(lab.job("b").path().resolve("out.txt"))).isEqualTo("b<a>");
        assertThat(lab.job("b").standardOutput(1)).exists();
        Path relative = lab.workspace().relativize(lab.job("b").path());
        assertThat(Files.readString(there.resolve(relative).resolve("out.txt"))).isEqualTo("b<a>");
        assertThat(lab.control().executions()).containsExactly("a", "b");
        assertThat(lab.recorder().warnings()).isEmpty();
        // The class path goes over once, and nothing but what jobs need.
        assertThat(new HashSet<>(trouble.sent())).hasSameSizeAs(trouble.sent());
        assertThat(trouble.sent()).anyMatch(file -> file.toString().endsWith(".jar"));
    }

    @Test
    void run_systemThatIsHardlyEverPolled_endsAreSeenAllTheSame() throws Exception {
        system.pollPeriod(Duration.ofHours(1));
        lab.control().fail("c");
        RunResult result = lab.run((xp, settings) -> {
            xp.submit(lab.step("b", xp.submit(lab.step("a"))));
            xp.submit(lab.step("c"));
        });

        assertThat(result.executed()).isEqualTo(2);
        assertThat(result.failures()).hasSize(1);
        assertThat(Files.readString(lab.job("b").path().resolve("out.txt"))).isEqualTo("b<a>");
        assertThat(Files.readString(lab.job("c").standardError(1))).contains("c was told to fail");
        assertThat(system.calls().polls()).isEmpty();
    }

    @Test
    void run_jobThatIsPending_isNotLookedFor() throws Exception {
        system.hold();
        CompletableFuture<RunResult> run = lab.start((xp, settings) -> xp.submit(lab.step("a")));
        Poll.until("it is known to wait", () -> lab.recorder().statusChanged().contains("a PENDING (Priority)"));
        int looks = trouble.looks();
        int polls = system.calls().polls().size();
        Poll.until("some time passes", () -> system.calls().polls().size() >= polls + 4);
        // One may have been under way.
        assertThat(trouble.looks()).isLessThanOrEqualTo(looks + 1);
        system.release();

        assertThat(run.get().outcome()).isEqualTo(Outcome.DONE);
    }

    @Test
    void run_dependencyThatWasDoneHere_isSent() throws Exception {
        lab.launchers(org.experimaestro.spi.LauncherFinder.thisMachine());
        lab.run((xp, settings) -> xp.submit(lab.step("a")));
        assertThat(there).doesNotExist();

        setUp();
        RunResult result = lab.run(chain());
        assertThat(result.outcome()).isEqualTo(Outcome.DONE);
        assertThat(result.executed()).isEqualTo(1);
        assertThat(Files.readString(lab.job("b").path().resolve("out.txt"))).isEqualTo("b<a>");
    }

    @Test
    void run_taskThatThrows_failureAndLogsAreFetched() throws Exception {
        lab.control().fail("a");
        JobStatus status = lab.run(chain()).failures().getFirst().status();
        assertThat(status.findCause()).contains(FailureCause.EXCEPTION);
        assertThat(Files.readString(lab.job("a").standardError(1))).contains("a was told to fail");
    }

    @Test
    void run_secondAttempt_startsInACleanFolderOnBothHosts() throws Exception {
        lab.control().fail("a");
        lab.run((xp, settings) -> xp.submit(lab.step("a")));
        Path here = lab.job("a").path();
        Path copy = there.resolve(lab.workspace().relativize(here));
        Files.writeString(here.resolve("checkpoint"), "here");
        Files.writeString(copy.resolve("checkpoint"), "there");
        lab.control().mend("a");
        lab.control().hold("a");
        CompletableFuture<RunResult> run = lab.start((xp, settings) -> xp.submit(lab.step("a")));
        Poll.until(
                "the second attempt runs",
                () -> !Files.exists(copy.resolve("checkpoint"))
                        && Files.exists(copy.resolve(".experimaestro/process-2.json")));
        Poll.until("all is moved", () -> !Files.exists(copy.resolve(".experimaestro/before-moving")));
        assertThat(copy.resolve(".experimaestro/before-2/checkpoint")).hasContent("there");
        lab.control().release("a");

        assertThat(run.get().outcome()).isEqualTo(Outcome.DONE);
        // This connector fetches the files of jobs that run, too.
        assertThat(here.resolve("checkpoint"))
                .satisfiesAnyOf(
                        file -> assertThat(file).doesNotExist(),
                        file -> assertThat(file).hasContent("there"));
        assertThat(copy.resolve("checkpoint")).doesNotExist();
        assertThat(here.resolve(".experimaestro/before-2")).doesNotExist();
        assertThat(copy.resolve(".experimaestro/before-2")).doesNotExist();
    }

    @Test
    void run_connectionIsCutWhileAJobRuns_isSaidOnce_andTheJobGoesOn() throws Exception {
        lab.control().hold("a");
        CompletableFuture<RunResult> run = lab.start(chain());
        lab.control().awaitExecution("a");
        trouble.cut("ssh: connection reset by peer");
        Poll.until("it is said", () -> !lab.recorder().warnings().isEmpty());
        lab.control().release("a");
        int polls = system.calls().polls().size();
        Poll.until("it is tried again", () -> system.calls().polls().size() >= polls + 2);
        assertThat(run).isNotDone();
        trouble.cut(null);

        assertThat(run.get().outcome()).isEqualTo(Outcome.DONE);
        assertThat(lab.control().executions()).containsExactly("a", "b");
        assertThat(lab.recorder().warnings()).hasSize(2);
        assertThat(lab.recorder().warnings().getFirst()).contains("connection reset by peer", "jobs go on");
        assertThat(lab.recorder().warnings().getLast()).isEqualTo("farm on copy answers again");
    }

    @Test
    void run_hostIsNotTheOneThatIsKnown_runEndsAndTheNextOneFindsTheJob() throws Exception {
        lab.control().hold("a");
        CompletableFuture<RunResult> run = lab.start(chain());
        lab.control().awaitExecution("a");
        trouble.stranger("another host key");

        RunResult left = run.get();
        assertThat(left.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(left.executed()).isZero();
        assertThat(left.failures()).hasSize(1);
        assertThat(left.failures().getFirst().status().isActive()).isTrue();
        assertThat(left.failures().getFirst().end().message()).isEqualTo("another host key");
        assertThat(left.skipped()).hasSize(1);

        trouble.stranger(null);
        lab.control().release("a");
        RunResult next = lab.run(chain());
        assertThat(next.outcome()).isEqualTo(Outcome.DONE);
        assertThat(next.executed()).isEqualTo(1);
        assertThat(lab.control().executions()).containsExactly("a", "b");
    }

    @Test
    void run_connectionIsCutBeforeJobsAreSent_theyWait() throws Exception {
        trouble.cut("no route to host");
        CompletableFuture<RunResult> run = lab.start(chain());
        Poll.until("it is said", () -> !lab.recorder().warnings().isEmpty());
        assertThat(lab.recorder().warnings().getFirst()).contains("no route to host", "1 job waits");
        assertThat(system.calls().submits()).isEmpty();
        trouble.cut(null);
        assertThat(run.get().outcome()).isEqualTo(Outcome.DONE);
    }

    @Test
    void run_missingJava_isFoundOnceAndNothingIsSent() throws Exception {
        system.onOwnHost();
        lab.launchers(TestLaunchers.finder(TestLaunchers.withConnector(
                TestLaunchers.withJava(TestLaunchers.definition("farm", folder.toString()), "/opt/none/bin/java"),
                CopyConnector.to(there))));
        RunResult result = lab.run(all(List.of("a", "b", "c")));

        assertThat(result.failures()).hasSize(3).allSatisfy(failure -> {
            assertThat(failure.status().findCause()).contains(FailureCause.REFUSED);
            assertThat(failure.status().message()).contains("There is no command /opt/none/bin/java on ", "java:");
        });
        assertThat(system.calls().submits()).isEmpty();
        assertThat(trouble.sent()).isEmpty();
        // Once for the batch, and once for its first job alone.
        assertThat(trouble.scripts()).isLessThanOrEqualTo(2);
    }

    @Test
    void run_javaThatIsThere_isAskedForOnce() throws Exception {
        system.onOwnHost();
        assertThat(lab.run(chain()).outcome()).isEqualTo(Outcome.DONE);
        assertThat(trouble.scripts()).isEqualTo(1);
    }

    @Test
    void run_hostThatHasNeverAnswered_isGivenUpAfterSomeTriesWithItsWords() throws Exception {
        TestClock clock = new TestClock();
        lab.clock(clock);
        trouble.cut("Could not resolve hostname gaet");
        Instant start = clock.instant();
        CompletableFuture<RunResult> run = lab.start(chain());
        Poll.until("the run is over", () -> {
            clock.advance(Duration.ofSeconds(1));
            return run.isDone();
        });

        RunResult result = run.get();
        assertThat(result.failures()).hasSize(1);
        assertThat(result.failures().getFirst().status().findCause()).contains(FailureCause.REFUSED);
        assertThat(result.failures().getFirst().status().message())
                .contains("Could not resolve hostname gaet", "not answered once in 5 minutes");
        assertThat(Duration.between(start, clock.instant())).isGreaterThanOrEqualTo(FirstContact.PATIENCE);
        assertThat(system.calls().submits()).isEmpty();

        trouble.cut(null);
        lab.clock(RunClock.SYSTEM);
        assertThat(lab.run(chain()).outcome()).isEqualTo(Outcome.DONE);
    }

    @Test
    void run_hostThatHasAnswered_isWaitedForLonger() throws Exception {
        TestClock clock = new TestClock();
        lab.clock(clock);
        lab.control().hold("b");
        CompletableFuture<RunResult> run = lab.start(chain());
        Poll.until("the first job is done", () -> {
            clock.advance(Duration.ofMillis(10));
            return lab.control().executions().contains("a");
        });
        trouble.cut("no route to host");
        Poll.until("it is said", () -> {
            clock.advance(Duration.ofMillis(10));
            return !lab.recorder().warnings().isEmpty();
        });
        for (int i = 0; i < 100; i++) {
            clock.advance(FirstContact.PATIENCE);
        }
        trouble.cut(null);
        lab.control().release("b");
        Poll.until("the run is over", () -> {
            clock.advance(Duration.ofMillis(10));
            return run.isDone();
        });
        assertThat(run.get().outcome()).isEqualTo(Outcome.DONE);
    }

    @Test
    void submit_answerLostAndJobDone_isNotSubmittedAgain() throws Exception {
        system.loseAnswers(1);
        CompletableFuture<RunResult> run = lab.start((xp, settings) -> xp.submit(lab.step("a")));
        Poll.until("it was taken", () -> system.jobIds().size() == 1);
        system.submitOutage("slurmctld does not answer");
        assertThat(system.process(system.jobIds().getFirst()).waitFor()).isZero();
        system.submitOutage(null);

        assertThat(run.get().outcome()).isEqualTo(Outcome.DONE);
        assertThat(system.jobIds()).hasSize(1);
        assertThat(lab.control().executions()).containsExactly("a");
    }

    @Test
    void run_filesOfAJobCannotBeFetched_othersDoNotWaitForThat() throws Exception {
        CompletableFuture<RunResult> run = lab.start((xp, settings) -> {
            for (String name : List.of("a", "b", "c")) {
                xp.submit(lab.step(name));
            }
            trouble.unreadable(lab.job("a").path());
        });
        Poll.until("all are executed", () -> lab.control().executions().size() == 3);
        Poll.until(
                "the others are done",
                () -> lab.status("b").state() == JobState.DONE
                        && lab.status("c").state() == JobState.DONE);
        Poll.until("it is said", () -> !lab.recorder().warnings().isEmpty());
        assertThat(lab.recorder().warnings()).hasSize(1);
        assertThat(lab.recorder().warnings().getFirst()).startsWith("cannot read the files of ");
        assertThat(run).isNotDone();
        trouble.unreadable(null);

        assertThat(run.get().executed()).isEqualTo(3);
        assertThat(lab.control().executions()).hasSize(3);
    }

    @Test
    void run_filesOfAJobAreLeftOnTheHost_isSaidOnceAndTheJobIsDone() throws Exception {
        lab.control().hold("a");
        RunResult result = lab.run((xp, settings) -> {
            xp.submit(lab.step("a"));
            trouble.left(lab.job("a").path(), "Not taken from gate: x is a link to /etc");
            lab.control().release("a");
        });

        assertThat(result.outcome()).isEqualTo(Outcome.DONE);
        assertThat(lab.recorder().warnings())
                .containsExactly(lab.job("a").name() + ": Not taken from gate: x is a link to /etc");
    }

    @Test
    void run_diskOfTheHostIsFull_jobIsRefused() throws Exception {
        trouble.full("cannot store the class path: No space left on device");
        RunResult result = lab.run(chain());
        assertThat(result.failures()).hasSize(1);
        assertThat(result.failures().getFirst().status().findCause()).contains(FailureCause.REFUSED);
        assertThat(result.failures().getFirst().status().message()).contains("No space left on device");
        assertThat(result.skipped()).hasSize(1);
        assertThat(system.calls().submits()).isEmpty();
    }

    @Test
    void run_requeuedJob_isTheSecondAttempt_andDoneOnce() throws Exception {
        lab.control().hold("a");
        CompletableFuture<RunResult> run = lab.start(chain());
        lab.control().awaitExecution("a");
        system.requeue("1");
        Poll.until("it is executed again", () -> lab.control().executions().size() == 2);
        Poll.until("it is seen here", () -> lab.status("a").lastAttempt().equals(OptionalInt.of(2)));
        lab.control().release("a");

        assertThat(run.get().outcome()).isEqualTo(Outcome.DONE);
        assertThat(run.get().executed()).isEqualTo(2);
        assertThat(lab.status("a").lastAttempt()).hasValue(2);
        assertThat(lab.control().executions()).containsExactly("a", "a", "b");
        assertThat(system.calls().submits()).hasSize(2);
    }

    @Test
    void stop_runningJob_nextRunFetchesItsEnd() throws Exception {
        lab.control().hold("a");
        Thread driver = interruptible();
        lab.control().awaitExecution("a");
        driver.interrupt();
        driver.join();
        assertThat(lab.status("a").isActive()).isTrue();
        lab.control().release("a");
        Poll.until("it ends there", () -> !system.process("1").isAlive());
        assertThat(lab.status("a").state()).isNotEqualTo(JobState.DONE);

        RunResult next = lab.run(chain());
        assertThat(next.outcome()).isEqualTo(Outcome.DONE);
        assertThat(next.executed()).isEqualTo(1);
        assertThat(lab.control().executions()).containsExactly("a", "b");
    }
}
