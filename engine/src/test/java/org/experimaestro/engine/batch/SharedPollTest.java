package org.experimaestro.engine.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.experimaestro.ExperimentPlan;
import org.experimaestro.Launcher;
import org.experimaestro.Outcome;
import org.experimaestro.engine.RunResult;
import org.experimaestro.spi.BatchStatus;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.trial.Lab;
import org.experimaestro.trial.Poll;
import org.experimaestro.trial.TestBatchSystem;
import org.experimaestro.trial.TestLaunchers;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.JobState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Two runs of one process, in workspaces of their own, whose jobs go through one batch system. */
@Timeout(120)
@EnabledOnOs(OS.LINUX)
@Tag("thorough")
final class SharedPollTest {
    @TempDir
    Path folder;

    private Lab one;
    private Lab two;
    private TestBatchSystem system;

    @BeforeEach
    void setUp() {
        system = TestBatchSystem.create(folder.toString(), 4);
        LauncherDefinition launcher = TestLaunchers.definition("farm", folder.toString());
        one = new Lab(folder.resolve("one")).launchers(TestLaunchers.finder(launcher));
        two = new Lab(folder.resolve("two")).launchers(TestLaunchers.finder(launcher));
    }

    @AfterEach
    void tearDown() {
        system.hold();
        one.close();
    }

    @Test
    void run_twoAtOnce_areOnePoll() throws Exception {
        one.control().hold("a");
        two.control().hold("b");
        CompletableFuture<RunResult> first = one.start(single(one, "a"));
        CompletableFuture<RunResult> second = two.start(single(two, "b"));
        one.control().awaitExecution("a");
        two.control().awaitExecution("b");
        Poll.until("both are asked for together", () -> system.calls().polls().contains(2));
        int before = system.calls().polls().size();
        Poll.until("they are asked for again", () -> system.calls().polls().size() >= before + 4);
        assertThat(system.calls().polls().subList(before, before + 4)).containsOnly(2);
        assertThat(BatchClientPool.OF_THIS_PROCESS.size()).isEqualTo(1);
        one.control().release("a");
        two.control().release("b");

        assertThat(first.get().outcome()).isEqualTo(Outcome.DONE);
        assertThat(second.get().outcome()).isEqualTo(Outcome.DONE);
        assertThat(BatchClientPool.OF_THIS_PROCESS.size()).isZero();
    }

    @Test
    void run_oneEnds_theOtherIsStillAskedFor() throws Exception {
        two.control().hold("b");
        CompletableFuture<RunResult> second = two.start(single(two, "b"));
        two.control().awaitExecution("b");
        assertThat(one.run(single(one, "a")).outcome()).isEqualTo(Outcome.DONE);
        String jobId = two.status("b").findBatchJob().orElseThrow().jobId();
        system.end(jobId, false, BatchStatus.ended(BatchStatus.End.NODE_FAILURE, "NODE_FAIL", "", OptionalInt.empty()));

        assertThat(second.get().failures().getFirst().status().findCause()).contains(FailureCause.NODE_FAILURE);
        assertThat(BatchClientPool.OF_THIS_PROCESS.size()).isZero();
    }

    @Test
    void poll_noAnswer_isSaidOnceToEachRun() throws Exception {
        one.control().hold("a");
        two.control().hold("b");
        system.pollOutage("the controller is away");
        CompletableFuture<RunResult> first = one.start(single(one, "a"));
        Poll.until("the first is told", () -> one.recorder().warnings().size() == 1);
        // It comes in the middle of the outage.
        CompletableFuture<RunResult> second = two.start(single(two, "b"));
        Poll.until("the second is told", () -> two.recorder().warnings().size() == 1);
        system.pollOutage(null);
        Poll.until("the first knows better", () -> one.recorder().warnings().size() == 2);
        Poll.until("the second knows better", () -> two.recorder().warnings().size() == 2);
        one.control().release("a");
        two.control().release("b");

        assertThat(first.get().outcome()).isEqualTo(Outcome.DONE);
        assertThat(second.get().outcome()).isEqualTo(Outcome.DONE);
        for (Lab lab : List.of(one, two)) {
            assertThat(lab.recorder().warnings().getFirst()).contains("the controller is away");
            assertThat(lab.recorder().warnings().getLast()).isEqualTo("farm answers again");
        }
    }

    @Test
    void stop_whileItsJobWaitsToBeSubmitted_isNotSubmittedForTheOtherRun() throws Exception {
        two.control().hold("b");
        CompletableFuture<RunResult> second = two.start(single(two, "b"));
        two.control().awaitExecution("b");
        system.submitOutage("the controller is away");
        Thread driver = Thread.ofPlatform().daemon().start(() -> {
            try {
                one.run(single(one, "a"));
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
        Poll.until("it is tried", () -> system.calls().submits().size() == 2);
        driver.interrupt();
        driver.join();
        assertThat(one.status("a").findCause()).contains(FailureCause.NOT_STARTED);
        system.submitOutage(null);
        assertThat(one.run(single(one, "a")).outcome()).isEqualTo(Outcome.DONE);
        // By then, that of the stopped run would have been tried again.
        int before = system.calls().polls().size();
        Poll.until("some time passes", () -> system.calls().polls().size() >= before + 3);
        assertThat(system.jobIds()).hasSize(2);
        two.control().release("b");

        assertThat(second.get().outcome()).isEqualTo(Outcome.DONE);
        assertThat(one.status("a").state()).isEqualTo(JobState.DONE);
    }

    @Test
    void run_launchersOfTwoSystems_eachIsGivenItsOwnJobs() throws Exception {
        TestBatchSystem other = TestBatchSystem.create(folder + "-other", 4);
        one.launchers(TestLaunchers.named(
                TestLaunchers.definition("north", folder.toString()),
                TestLaunchers.definition("south", folder + "-other")));
        List.of("a", "b").forEach(one.control()::hold);
        CompletableFuture<RunResult> run = one.start((xp, settings) -> {
            xp.submit(one.step("a"), Launcher.named("north"));
            xp.submit(one.step("b"), Launcher.named("south"));
        });
        Poll.until("one is asked", () -> system.calls().polls().size() >= 2);
        Poll.until("the other is asked", () -> other.calls().polls().size() >= 2);
        List.of("a", "b").forEach(one.control()::release);

        assertThat(run.get().outcome()).isEqualTo(Outcome.DONE);
        assertThat(system.calls().polls()).containsOnly(1);
        assertThat(other.calls().polls()).containsOnly(1);
        assertThat(system.calls().submits()).containsExactly(1);
        assertThat(other.calls().submits()).containsExactly(1);
    }

    @Test
    void poll_systemThatIsToBeLeftAlone_isNotAskedWhileAnotherOneIs() throws Exception {
        TestBatchSystem patient = TestBatchSystem.create(folder + "-patient", 4).pollPeriod(Duration.ofHours(1));
        two.launchers(TestLaunchers.finder(TestLaunchers.definition("patient", folder + "-patient")));
        one.control().hold("a");
        two.control().hold("b");
        CompletableFuture<RunResult> second = two.start(single(two, "b"));
        two.control().awaitExecution("b");
        CompletableFuture<RunResult> first = one.start(single(one, "a"));
        Poll.until("one is asked again and again", () -> system.calls().polls().size() >= 5);
        one.control().release("a");
        two.control().release("b");

        assertThat(first.get().outcome()).isEqualTo(Outcome.DONE);
        assertThat(second.get().outcome()).isEqualTo(Outcome.DONE);
        assertThat(patient.calls().polls()).isEmpty();
    }

    /** Somebody else may have written the launcher type. */
    @Test
    void period_thatCannotBeMeant_isTheNearestThatCan() {
        assertThat(BatchSystemClient.period(system.pollPeriod(Duration.ofSeconds(Long.MIN_VALUE))))
                .isEqualTo(Duration.ofMillis(10));
        assertThat(BatchSystemClient.period(system.pollPeriod(Duration.ofSeconds(Long.MAX_VALUE))))
                .isEqualTo(Duration.ofDays(1));
    }

    @Test
    void run_launchersThatDifferInWhatConcernsJobs_areOnePoll_andGiveJobsEachInItsOwnWay() throws Exception {
        system.arrays(10);
        LauncherDefinition farm = TestLaunchers.definition("farm", folder.toString());
        LauncherDefinition narrow = TestLaunchers.withOption(
                TestLaunchers.definition("narrow", folder.toString()), TestBatchSystem.MAX_ARRAY, "2");
        LauncherDefinition paid = TestLaunchers.withOption(farm, TestBatchSystem.ACCOUNT, "physics");
        one.launchers(TestLaunchers.named(paid, narrow));
        List<String> names = List.of("a", "b", "c", "d");
        names.forEach(one.control()::hold);
        CompletableFuture<RunResult> run = one.start((xp, settings) -> {
            for (String name : names) {
                xp.submit(one.step(name), Launcher.named(name.equals("a") ? "farm" : "narrow"));
            }
        });
        names.forEach(one.control()::awaitExecution);
        Poll.until("all are asked for together", () -> system.calls().polls().contains(names.size()));
        names.forEach(one.control()::release);

        assertThat(run.get().outcome()).isEqualTo(Outcome.DONE);
        assertThat(system.calls().submits()).containsExactlyInAnyOrder(1, 2, 1);
    }

    private static ExperimentPlan<String> single(Lab lab, String name) {
        return (xp, settings) -> xp.submit(lab.step(name));
    }
}
