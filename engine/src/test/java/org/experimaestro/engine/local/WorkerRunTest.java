package org.experimaestro.engine.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.experimaestro.Config;
import org.experimaestro.Isolation;
import org.experimaestro.Launcher;
import org.experimaestro.Outcome;
import org.experimaestro.RetryPolicy;
import org.experimaestro.engine.RunResult;
import org.experimaestro.engine.SubmittedTask;
import org.experimaestro.trial.Act;
import org.experimaestro.trial.Lab;
import org.experimaestro.trial.Poll;
import org.experimaestro.trial.TestClock;
import org.experimaestro.trial.Written;
import org.experimaestro.workspace.Attempt;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.WorkerTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Runs whose jobs are tasks of workers, which are real processes. */
@Tag("thorough")
@Timeout(120)
@EnabledOnOs(OS.LINUX)
final class WorkerRunTest {
    @TempDir
    Path folder;

    private Lab lab;

    @BeforeEach
    void setUp() {
        lab = new Lab(folder).isolation(Isolation.WORKER);
    }

    @AfterEach
    void tearDown() {
        lab.close();
    }

    private static WorkerTask worker(JobFolder job, int attempt) {
        try {
            return job.attempt(attempt).record().findWorker().orElseThrow();
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    /** The names of the workers that have executed the jobs of the last run. */
    private Set<String> workers() {
        Set<String> names = new HashSet<>();
        for (SubmittedTask task : lab.recorder().submitted()) {
            names.add(worker(task.folder(), 1).worker());
        }
        return names;
    }

    private List<Path> left() throws IOException {
        Path workers = lab.workspace().resolve("workers");
        if (!Files.exists(workers)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(workers)) {
            return files.toList();
        }
    }

    private static ProcessIdentity process(JobFolder job) {
        Poll.until("the task begins", () -> job.status() instanceof JobStatus.Running);
        return ((JobStatus.Running) job.status()).process();
    }

    @Test
    void fanOut_manyTasks_runInAsManyWorkersAsRunAtOnce() throws Exception {
        RunResult result = lab.slots(3).run((xp, settings) -> {
            for (int i = 0; i < 200; i++) {
                xp.submit(lab.measure("m" + i, i));
            }
        });

        assertThat(result.outcome()).isEqualTo(Outcome.DONE);
        assertThat(result.executed()).isEqualTo(200);
        assertThat(lab.control().executions()).hasSize(200).doesNotHaveDuplicates();
        assertThat(workers()).hasSizeBetween(1, 3);
        Set<WorkerTask> tasks = new HashSet<>();
        for (SubmittedTask task : lab.recorder().submitted()) {
            Attempt attempt = task.folder().attempt(1);
            assertThat(attempt.record().origin().isInWorker()).isTrue();
            assertThat(attempt.record().origin().isolationReason()).isEqualTo("set for its experiment");
            assertThat(tasks.add(worker(task.folder(), 1))).isTrue();
        }
        assertThat(left()).isEmpty();
        assertThat(lab.recorder().notices()).isEmpty();
    }

    @Test
    void chain_oneAfterTheOther_runsInOneWorker() throws Exception {
        RunResult result = lab.run((xp, settings) -> {
            List<Config<Written>> inputs = List.of();
            for (int i = 0; i < 10; i++) {
                inputs = List.of(xp.submit(lab.step("s" + i, inputs)));
            }
        });

        assertThat(result.outcome()).isEqualTo(Outcome.DONE);
        assertThat(workers()).hasSize(1);
        assertThat(Files.readString(lab.job("s9").path().resolve("out.txt"))).startsWith("s9<s8<s7<");
    }

    @Test
    void tasksThatFail_failAlone() throws Exception {
        RunResult result = lab.slots(2).run((xp, settings) -> {
            for (Act.Way way : Act.Way.values()) {
                for (int i = 0; i < 3; i++) {
                    xp.submit(lab.act(way + "-" + i, way));
                }
            }
        });

        assertThat(result.executed()).isEqualTo(3);
        for (int i = 0; i < 3; i++) {
            assertThat(lab.status("THROW-" + i).findCause()).contains(FailureCause.EXCEPTION);
            assertThat(lab.status("EXIT-" + i).findCause()).contains(FailureCause.EXIT);
            assertThat(lab.status("HALT-" + i).findCause()).contains(FailureCause.VANISHED);
            assertThat(lab.status("HALT-" + i).message()).contains("exit code 9");
            assertThat(Files.readString(lab.job("HALT-" + i).standardOutput(1))).isEqualTo("out of HALT-" + i + "\n");
            assertThat(Files.readString(lab.job("THROW-" + i).standardError(1)))
                    .startsWith("err of THROW-" + i + "\n")
                    .contains("THROW-" + i + " throws");
        }
        assertThat(lab.control().executions()).hasSize(12).doesNotHaveDuplicates();
    }

    @Test
    void killedWorker_failsItsTaskOnly_whichIsTriedAgain() throws Exception {
        lab.control().hold("a");
        CompletableFuture<RunResult> run = lab.slots(2).start((xp, settings) -> {
            xp.submit(lab.step("a"), Launcher.local().retries(RetryPolicy.parse("vanished 1 after 0 s")));
            for (int i = 0; i < 20; i++) {
                xp.submit(lab.step("b" + i));
            }
        });
        lab.control().awaitExecution("a");
        ProcessIdentity first = process(lab.job("a"));
        ProcessHandle.of(first.pid()).orElseThrow().destroyForcibly();
        Poll.until(
                "it is tried again",
                () -> lab.control().executions().stream().filter("a"::equals).count() == 2);
        lab.control().release("a");

        assertThat(run.get().outcome()).isEqualTo(Outcome.DONE);
        assertThat(lab.status("a").lastAttempt()).hasValue(2);
        assertThat(worker(lab.job("a"), 1).worker())
                .isNotEqualTo(worker(lab.job("a"), 2).worker());
        assertThat(lab.job("a").attempt(2).record().origin().retry()).isEqualTo("attempt 2 of 2");
        assertThat(lab.control().executions()).hasSize(22);
    }

    @Test
    void workerKilledWhileItWaits_harmsNothing() throws Exception {
        CountDownLatch killed = new CountDownLatch(1);
        RunResult result = lab.run((xp, settings) -> {
            xp.await(xp.submit(lab.step("a")));
            ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly);
            killed.countDown();
            xp.submit(lab.step("b"));
        });

        assertThat(killed.getCount()).isZero();
        assertThat(result.outcome()).isEqualTo(Outcome.DONE);
        assertThat(worker(lab.job("a"), 1).worker())
                .isNotEqualTo(worker(lab.job("b"), 1).worker());
    }

    @Test
    void otherVariables_getOtherWorkers() throws Exception {
        RunResult result = lab.slots(1).run((xp, settings) -> {
            for (int i = 0; i < 4; i++) {
                xp.submit(lab.step("a" + i));
                xp.submit(lab.step("b" + i), Launcher.local().env("COLOR", "blue"));
            }
        });

        assertThat(result.outcome()).isEqualTo(Outcome.DONE);
        Set<String> plain = new HashSet<>();
        Set<String> blue = new HashSet<>();
        for (int i = 0; i < 4; i++) {
            plain.add(worker(lab.job("a" + i), 1).worker());
            blue.add(worker(lab.job("b" + i), 1).worker());
        }
        assertThat(plain).hasSize(1).doesNotContainAnyElementsOf(blue);
        assertThat(blue).hasSize(1);
    }

    @Test
    void workerThatWaits_endsAfterHalfAMinute() throws Exception {
        TestClock clock = new TestClock();
        lab.clock(clock);
        CountDownLatch ended = new CountDownLatch(1);
        List<ProcessIdentity> processes = new ArrayList<>();
        lab.control().hold("a");
        CompletableFuture<RunResult> run = lab.start((xp, settings) -> {
            Config<Written> written = xp.submit(lab.step("a"));
            processes.add(process(lab.job("a")));
            lab.control().release("a");
            xp.await(written);
            ended.await();
            xp.submit(lab.step("b"));
        });
        lab.control().awaitExecution("a");
        Poll.until("a is done", () -> lab.status("a") instanceof JobStatus.Done);
        Poll.until("the worker ends", () -> {
            clock.advance(Duration.ofSeconds(10));
            return !processes.getFirst().isAlive();
        });
        ended.countDown();

        assertThat(run.get().outcome()).isEqualTo(Outcome.DONE);
        assertThat(worker(lab.job("a"), 1).worker())
                .isNotEqualTo(worker(lab.job("b"), 1).worker());
    }

    @Test
    void optionThatNeedsAProcess_isToldAndGetsOne() throws Exception {
        lab.launcherOption("jvm", "-ea");

        RunResult result = lab.run((xp, settings) -> {
            xp.submit(lab.step("a"));
            xp.submit(lab.step("b"));
        });

        assertThat(result.outcome()).isEqualTo(Outcome.DONE);
        assertThat(lab.job("a").attempt(1).record().findWorker()).isEmpty();
        assertThat(lab.job("a").attempt(1).record().origin().isInWorker()).isFalse();
        assertThat(lab.recorder().notices()).singleElement().asString().contains("though isolation: worker");
    }

    @Test
    void submission_winsOverTheExperiment() throws Exception {
        lab.run((xp, settings) -> {
            xp.submit(lab.step("a"), Launcher.local().isolation(Isolation.PROCESS));
            xp.submit(lab.step("b"), Launcher.local().isolation(Isolation.WORKER));
        });

        assertThat(lab.job("a").attempt(1).record().findWorker()).isEmpty();
        assertThat(lab.job("b").attempt(1).record().findWorker()).isPresent();
        assertThat(lab.job("b").attempt(1).record().origin().isolationReason()).isEqualTo("set at its submission");
    }

    @Test
    void auto_shortJobs_goOnInWorkers() throws Exception {
        RunResult result = lab.slots(2).isolation(Isolation.AUTO).run((xp, settings) -> {
            for (int i = 0; i < 50; i++) {
                xp.submit(lab.measure("m" + i, i));
            }
        });

        assertThat(result.outcome()).isEqualTo(Outcome.DONE);
        long inProcesses = lab.recorder().submitted().stream()
                .filter(task -> findWorker(task).isEmpty())
                .count();
        assertThat(inProcesses).isBetween(20L, 35L);
        assertThat(lab.recorder().notices()).singleElement().asString().contains("isolation: auto");
    }

    private static Optional<WorkerTask> findWorker(SubmittedTask task) {
        try {
            return task.folder().attempt(1).record().findWorker();
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }
}
