package org.experimaestro.engine.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.experimaestro.Config;
import org.experimaestro.ExperimentPlan;
import org.experimaestro.Launcher;
import org.experimaestro.Outcome;
import org.experimaestro.engine.RunResult;
import org.experimaestro.spi.BatchStatus;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.spi.LauncherFinder;
import org.experimaestro.spi.LocalShell;
import org.experimaestro.spi.Placement;
import org.experimaestro.trial.Lab;
import org.experimaestro.trial.Poll;
import org.experimaestro.trial.TestBatchSystem;
import org.experimaestro.trial.TestLaunchers;
import org.experimaestro.trial.Written;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.JobState;
import org.experimaestro.workspace.JobStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Runs whose jobs go through a batch system, and all that may go wrong there. */
@Timeout(120)
@EnabledOnOs(OS.LINUX)
final class BatchRunTest {
    @TempDir
    Path folder;

    private Lab lab;
    private TestBatchSystem system;
    private LauncherDefinition launcher;

    @BeforeEach
    void setUp() {
        lab = new Lab(folder);
        system = TestBatchSystem.create(folder.toString(), 4);
        launcher = TestLaunchers.definition("farm", folder.toString());
        lab.launchers(TestLaunchers.finder(launcher));
    }

    @AfterEach
    void tearDown() {
        system.hold();
        lab.close();
    }

    // ---- as it should be ----

    @Test
    void run_planWithDependencies_isDone() throws Exception {
        RunResult result = lab.run((xp, settings) -> {
            Config<Written> a = xp.submit(lab.step("a"));
            Config<Written> b = xp.submit(lab.step("b"));
            xp.submit(lab.step("c", a, b));
        });

        assertThat(result.outcome()).isEqualTo(Outcome.DONE);
        assertThat(result.executed()).isEqualTo(3);
        assertThat(Files.readString(lab.job("c").path().resolve("out.txt"))).isEqualTo("c<a><b>");
        assertThat(lab.control().executions()).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(system.handles()).containsExactly("1", "2", "3");
        assertThat(lab.recorder().warnings()).isEmpty();
        assertThat(system.calls().cancels()).isEmpty();
    }

    @Test
    void run_aSecondTime_submitsNothing() throws Exception {
        lab.run(single());
        RunResult second = lab.run(single());

        assertThat(second.outcome()).isEqualTo(Outcome.DONE);
        assertThat(second.executed()).isZero();
        assertThat(system.calls().submits()).hasSize(1);
    }

    @Test
    void run_fiftyEqualJobs_goAsFewArraysAndPolls() throws Exception {
        system.arrays(20);
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            names.add("s" + i);
        }
        long start = System.nanoTime();
        RunResult result = lab.run(all(names));
        long seconds = (System.nanoTime() - start) / 1_000_000_000;

        assertThat(result.outcome()).isEqualTo(Outcome.DONE);
        assertThat(result.executed()).isEqualTo(50);
        assertThat(lab.control().executions()).containsExactlyInAnyOrderElementsOf(names);
        assertThat(system.calls().submits()).hasSizeLessThanOrEqualTo(6).allMatch(size -> size <= 20);
        assertThat(system.calls().submits().stream().mapToInt(Integer::intValue).sum())
                .isEqualTo(50);
        // One call for all jobs, and at most one a second.
        assertThat(system.calls().polls()).hasSizeLessThanOrEqualTo((int) seconds + 2);
        assertThat(system.calls().polls().getFirst()).isGreaterThan(20);
    }

    @Test
    void run_pendingJob_tellsWhatTheSystemSays() throws Exception {
        system.hold();
        CompletableFuture<RunResult> run = lab.start(single());
        Poll.until("it is told", () -> lab.recorder().says().contains("a PENDING (Priority)"));
        assertThat(lab.status("a").state()).isEqualTo(JobState.QUEUED);

        system.release();
        assertThat(run.get().outcome()).isEqualTo(Outcome.DONE);
    }

    @Test
    void run_taskThatThrows_failsWithItsOwnCause() throws Exception {
        lab.control().fail("a");
        RunResult result = lab.run(single());

        assertThat(result.failures()).hasSize(1);
        assertThat(result.failures().getFirst().status().cause()).isEqualTo(FailureCause.EXCEPTION);
        assertThat(result.failures().getFirst().status().message()).contains("a was told to fail");
    }

    // ---- refused ----

    @Test
    void submit_refused_failsWithTheSystemsWords_andOthersGoOn() throws Exception {
        system.refuse(lab.step("a").id().toString(), "sbatch: error: invalid partition specified: nope");
        RunResult result = lab.run((xp, settings) -> {
            xp.submit(lab.step("b", xp.submit(lab.step("a"))));
            xp.submit(lab.step("c"));
        });

        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.failures()).hasSize(1);
        assertThat(result.failures().getFirst().status().cause()).isEqualTo(FailureCause.REFUSED);
        assertThat(result.failures().getFirst().status().message()).contains("invalid partition specified: nope");
        assertThat(result.skipped()).extracting(Lab::name).containsExactly("b");
        assertThat(lab.status("c").state()).isEqualTo(JobState.DONE);
        assertThat(lab.status("a").cause()).isEqualTo(FailureCause.REFUSED);
        assertThat(lab.control().executions()).containsExactly("c");
    }

    @Test
    void submit_arrayRefusedButSinglesAreNot_runsAll() throws Exception {
        system.arrays(10).refuseArrays("Invalid job array specification");
        RunResult result = lab.run(all(List.of("a", "b", "c", "d", "e")));

        assertThat(result.outcome()).isEqualTo(Outcome.DONE);
        assertThat(lab.control().executions()).containsExactlyInAnyOrder("a", "b", "c", "d", "e");
        assertThat(system.handles()).hasSize(5);
    }

    @Test
    void submit_arrayRefusedAndEachOfItToo_failsAllWithoutAskingForEach() throws Exception {
        system.arrays(10).refuse("", "no account");
        RunResult result = lab.run(all(List.of("a", "b", "c", "d", "e")));

        assertThat(result.failures())
                .hasSize(5)
                .allMatch(failure -> failure.status().message().contains("no account"));
        assertThat(system.calls().submits()).containsExactly(5, 1);
    }

    @Test
    void run_jobThatWouldWaitForEver_isCancelledAndRefused() throws Exception {
        system.hold();
        CompletableFuture<RunResult> run = lab.start(chain());
        String handle = handle("a");
        system.say(handle, BatchStatus.stuck("PENDING", "PartitionTimeLimit"));

        JobStatus status = run.get().failures().getFirst().status();
        assertThat(status.cause()).isEqualTo(FailureCause.REFUSED);
        assertThat(status.message()).contains("PENDING (PartitionTimeLimit)");
        assertThat(system.calls().cancels()).containsExactly(handle);
        assertThat(run.get().skipped()).hasSize(1);
        assertThat(lab.control().executions()).isEmpty();
    }

    // ---- no answer ----

    @Test
    void submit_noAnswer_isSaidOnce_andTriedAgain() throws Exception {
        system.arrays(10).submitOutage("slurmctld does not answer");
        CompletableFuture<RunResult> run = lab.start(all(List.of("a", "b", "c")));
        Poll.until("it is tried again", () -> system.calls().submits().size() >= 2);
        assertThat(run).isNotDone();
        system.submitOutage(null);

        assertThat(run.get().outcome()).isEqualTo(Outcome.DONE);
        assertThat(lab.recorder().warnings()).hasSize(2);
        assertThat(lab.recorder().warnings().getFirst()).contains("slurmctld does not answer", "3 jobs wait");
        assertThat(lab.recorder().warnings().getLast()).isEqualTo("farm answers again");
        assertThat(lab.control().executions()).hasSize(3);
    }

    @Test
    void submit_answerLost_jobThatWasTakenTwiceRunsOnce() throws Exception {
        lab.control().hold("a");
        system.loseAnswers(1);
        CompletableFuture<RunResult> run = lab.start(single());
        Poll.until("it is submitted again", () -> system.handles().size() == 2);
        lab.control().awaitExecution("a");
        // One of the two processes has the job; the other one ends, with nothing done.
        Poll.until(
                "one process gives way",
                () -> system.handles().stream()
                        .map(system::process)
                        .anyMatch(process -> !process.isAlive() && process.exitValue() == 3));
        int polls = system.calls().polls().size();
        Poll.until("it is asked for", () -> system.calls().polls().size() >= polls + 2);
        assertThat(run).isNotDone();
        lab.control().release("a");

        assertThat(run.get().outcome()).isEqualTo(Outcome.DONE);
        assertThat(lab.control().executions()).containsExactly("a");
        assertThat(lab.status("a").attempt()).isEqualTo(1);
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
        system.end(handle("a"), false, ended(BatchStatus.End.NODE_FAILURE, "NODE_FAIL"));

        assertThat(run.get().failures().getFirst().status().cause()).isEqualTo(FailureCause.NODE_FAILURE);
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
        List<String> names = causes.keySet().stream().map(Enum::name).toList();
        names.forEach(lab.control()::hold);
        CompletableFuture<RunResult> run = lab.start(all(names));
        for (String name : names) {
            lab.control().awaitExecution(name);
            system.end(handle(name), false, ended(BatchStatus.End.valueOf(name), "STATE_" + name));
        }

        assertThat(run.get().failures()).hasSize(causes.size());
        for (RunResult.Failure failure : run.get().failures()) {
            BatchStatus.End end = BatchStatus.End.valueOf(Lab.name(failure.task()));
            assertThat(failure.status().cause()).as(end.name()).isEqualTo(causes.get(end));
            assertThat(failure.status().message()).contains("STATE_" + end + " (the reason)");
        }
    }

    @Test
    void run_jobThatWasAskedToEndAtItsTimeLimit_hasThatCause() throws Exception {
        lab.control().hold("a");
        CompletableFuture<RunResult> run = lab.start(single());
        lab.control().awaitExecution("a");
        system.end(handle("a"), true, ended(BatchStatus.End.TIME_LIMIT, "TIMEOUT"));

        assertThat(run.get().failures().getFirst().status().cause()).isEqualTo(FailureCause.TIME_LIMIT);
        assertThat(lab.status("a").message()).contains("TIMEOUT");
    }

    @Test
    void run_jobCancelledBehindOurBack_isCancelled_andTheNextRunRepeatsIt() throws Exception {
        lab.control().hold("a");
        CompletableFuture<RunResult> run = lab.start(single());
        lab.control().awaitExecution("a");
        system.cancel(new LocalShell(), List.of(handle("a")));
        assertThat(run.get().failures().getFirst().status().cause()).isEqualTo(FailureCause.CANCELLED);

        lab.control().release("a");
        RunResult next = lab.run(single());
        assertThat(next.outcome()).isEqualTo(Outcome.DONE);
        assertThat(lab.status("a").attempt()).isEqualTo(2);
    }

    @Test
    void run_pendingJobCancelledBehindOurBack_isCancelled() throws Exception {
        system.hold();
        CompletableFuture<RunResult> run = lab.start(single());
        system.cancel(new LocalShell(), List.of(handle("a")));

        assertThat(run.get().failures().getFirst().status().cause()).isEqualTo(FailureCause.CANCELLED);
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
        JobStatus status = lab.run(single()).failures().getFirst().status();

        assertThat(status.cause()).isEqualTo(FailureCause.NOT_STARTED);
        assertThat(status.message()).contains("FAILED", "/no/such/java", "not found");
    }

    // ---- started again ----

    @Test
    void run_requeuedJob_isTheSecondAttempt_andDoneOnce() throws Exception {
        lab.control().hold("a");
        CompletableFuture<RunResult> run = lab.start(single());
        lab.control().awaitExecution("a");
        system.requeue(handle("a"));
        Poll.until("it is executed again", () -> lab.control().executions().size() == 2);
        assertThat(lab.status("a").attempt()).isEqualTo(2);
        lab.control().release("a");

        assertThat(run.get().outcome()).isEqualTo(Outcome.DONE);
        assertThat(run.get().executed()).isEqualTo(1);
        assertThat(lab.status("a").attempt()).isEqualTo(2);
        assertThat(lab.control().executions()).containsExactly("a", "a");
        assertThat(system.calls().submits()).hasSize(1);
    }

    @Test
    void duplicate_whileTheFirstLives_endsWithNothingDone() throws Exception {
        lab.control().hold("a");
        CompletableFuture<RunResult> run = lab.start(single());
        lab.control().awaitExecution("a");
        assertThat(system.duplicate(handle("a")).waitFor()).isEqualTo(3);
        lab.control().release("a");

        assertThat(run.get().outcome()).isEqualTo(Outcome.DONE);
        assertThat(lab.control().executions()).containsExactly("a");
    }

    // ---- the plan's end ----

    @Test
    void stop_beforeTheSystemHasTheJob_givesItUp_andTheNextRunRunsIt() throws Exception {
        system.submitOutage("no answer");
        Thread driver = drive(single());
        Poll.until("it is tried", () -> !system.calls().submits().isEmpty());
        stop(driver);
        JobStatus status = lab.status("a");
        assertThat(status.state()).isEqualTo(JobState.FAILED);
        assertThat(status.cause()).isEqualTo(FailureCause.NOT_STARTED);
        assertThat(status.message()).contains("the run was stopped before");

        system.submitOutage(null);
        RunResult next = lab.run(single());
        assertThat(next.outcome()).isEqualTo(Outcome.DONE);
        assertThat(next.executed()).isEqualTo(1);
        assertThat(lab.control().executions()).containsExactly("a");
    }

    @Test
    void stop_runningJob_goesOn_andTheNextRunWaitsForIt() throws Exception {
        lab.control().hold("a");
        Thread driver = drive(single());
        lab.control().awaitExecution("a");
        stop(driver);
        assertThat(lab.status("a").state()).isEqualTo(JobState.RUNNING);
        CompletableFuture<RunResult> next = lab.start(single());
        int polls = system.calls().polls().size();
        Poll.until("it is asked for", () -> system.calls().polls().size() > polls);
        lab.control().release("a");

        assertThat(next.get().outcome()).isEqualTo(Outcome.DONE);
        assertThat(next.get().executed()).isZero();
        assertThat(lab.control().executions()).containsExactly("a");
        assertThat(system.calls().submits()).hasSize(1);
    }

    @Test
    void stop_pendingJob_staysThere_andTheNextRunSeesItsEnd() throws Exception {
        system.hold();
        Thread driver = drive(single());
        String handle = handle("a");
        stop(driver);
        assertThat(lab.status("a").state()).isEqualTo(JobState.QUEUED);
        CompletableFuture<RunResult> next = lab.start(single());
        Poll.until("it is told", () -> lab.recorder().says().contains("a PENDING (Priority)"));
        system.release();
        Poll.until("it ends", () -> !system.process(handle).isAlive());

        assertThat(next.get().outcome()).isEqualTo(Outcome.DONE);
        assertThat(next.get().executed()).isZero();
        assertThat(lab.control().executions()).containsExactly("a");
    }

    @Test
    void stop_launcherIsNoLongerInTheFile_nextRunSaysSo_andWaitsForTheFiles() throws Exception {
        lab.control().hold("a");
        Thread driver = drive(single());
        lab.control().awaitExecution("a");
        stop(driver);
        lab.launchers(LauncherFinder.thisMachine());
        CompletableFuture<RunResult> next = lab.start(single());
        Poll.until("it is said", () -> !lab.recorder().warnings().isEmpty());
        assertThat(lab.recorder().warnings().getFirst())
                .contains("farm 1", "no such launcher", "waiting for its files");
        lab.control().release("a");

        assertThat(next.get().outcome()).isEqualTo(Outcome.DONE);
        assertThat(next.get().executed()).isZero();
        assertThat(lab.control().executions()).containsExactly("a");
        assertThat(lab.recorder().warnings()).hasSize(1);
    }

    @Test
    void run_twoRunsWantTheSameJob_itIsSubmittedOnce() throws Exception {
        CompletableFuture<RunResult> one = lab.start(chain());
        CompletableFuture<RunResult> two = lab.start(chain());

        assertThat(one.get().outcome()).isEqualTo(Outcome.DONE);
        assertThat(two.get().outcome()).isEqualTo(Outcome.DONE);
        assertThat(one.get().executed() + two.get().executed()).isEqualTo(2);
        assertThat(lab.control().executions()).containsExactly("a", "b");
        assertThat(system.handles()).hasSize(2);
    }

    // ---- limits and mixtures ----

    @Test
    void run_launcherWithALimit_hasNotMoreJobsAtOnce() throws Exception {
        lab.launchers(TestLaunchers.finder(TestLaunchers.withLimit(launcher, 2)));
        List.of("a", "b", "c").forEach(lab.control()::hold);
        CompletableFuture<RunResult> run = lab.start(all(List.of("a", "b", "c")));
        lab.control().awaitExecution("a");
        lab.control().awaitExecution("b");
        assertThat(system.handles()).hasSize(2);
        assertThat(lab.recorder().changes()).doesNotContain("c RUNNING");
        List.of("a", "b", "c").forEach(lab.control()::release);

        assertThat(run.get().outcome()).isEqualTo(Outcome.DONE);
    }

    @Test
    void run_planOnThisMachineAndElsewhere_isDone() throws Exception {
        lab.launchers(new LauncherFinder() {
            @Override
            public Placement find(Launcher request) {
                return Placement.on(request.name().isEmpty() ? LauncherDefinition.local() : launcher);
            }

            @Override
            public Optional<LauncherDefinition> launcher(String name) {
                return Optional.of(launcher).filter(found -> found.name().equals(name));
            }
        });
        RunResult result = lab.run((xp, settings) -> {
            Config<Written> a = xp.submit(lab.step("a"));
            Config<Written> b = xp.submit(lab.step("b", a), Launcher.named("farm"));
            xp.submit(lab.step("c", b));
        });

        assertThat(result.outcome()).isEqualTo(Outcome.DONE);
        assertThat(lab.control().executions()).containsExactly("a", "b", "c");
        assertThat(system.handles()).hasSize(1);
    }

    // ---- helpers ----

    private ExperimentPlan<String> single() {
        return (xp, settings) -> xp.submit(lab.step("a"));
    }

    private ExperimentPlan<String> chain() {
        return (xp, settings) -> xp.submit(lab.step("b", xp.submit(lab.step("a"))));
    }

    private ExperimentPlan<String> all(List<String> names) {
        return (xp, settings) -> names.forEach(name -> xp.submit(lab.step(name)));
    }

    private static BatchStatus ended(BatchStatus.End end, String state) {
        return BatchStatus.ended(end, state, "the reason", OptionalInt.empty());
    }

    /** The handle of a job, once the batch system has it. */
    private String handle(String name) {
        Poll.until(
                name + " is handed over",
                () -> lab.find(name).map(job -> job.status().handover() != null).orElse(false));
        return Objects.requireNonNull(lab.status(name).handover()).handle();
    }

    /** Runs a plan in a thread that can be stopped. */
    private Thread drive(ExperimentPlan<String> plan) {
        return Thread.ofPlatform().daemon().start(() -> {
            try {
                lab.run(plan);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private static void stop(Thread driver) throws InterruptedException {
        driver.interrupt();
        driver.join();
    }
}
