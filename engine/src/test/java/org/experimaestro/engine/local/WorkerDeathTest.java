package org.experimaestro.engine.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.experimaestro.ExperimentPlan;
import org.experimaestro.Isolation;
import org.experimaestro.Outcome;
import org.experimaestro.engine.RunResult;
import org.experimaestro.trial.Driver;
import org.experimaestro.trial.DriverMain;
import org.experimaestro.trial.Lab;
import org.experimaestro.trial.Poll;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobState;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.Workspace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Plans' processes that die while workers execute their tasks. */
@Timeout(120)
@EnabledOnOs(OS.LINUX)
@Tag("thorough")
final class WorkerDeathTest {
    private static final Map<String, String> IN_WORKERS = Map.of(DriverMain.ISOLATION, Isolation.WORKER.toString());

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

    private JobFolder first() {
        return Workspace.view(lab.workspace()).job("trial.step", lab.step("a").id());
    }

    private ProcessIdentity worker() {
        return ((JobStatus.Running) first().status()).process();
    }

    private ExperimentPlan<String> plan() {
        return (xp, settings) -> xp.submit(lab.step("b", xp.submit(lab.step("a"))));
    }

    /** The task goes on in its worker, writes its marker, and the worker ends. */
    private void goesOnToItsEnd(ProcessIdentity worker) throws IOException {
        assertThat(first().status().state()).isEqualTo(JobState.RUNNING);
        lab.control().release("a");
        Poll.until("the task is done", () -> first().status() instanceof JobStatus.Done);
        Poll.until("the worker ends", () -> !worker.isAlive());
        try (Stream<Path> left = Files.list(lab.workspace().resolve("workers"))) {
            assertThat(left).isEmpty();
        }
    }

    private void nextRunFindsIt() throws InterruptedException {
        RunResult next = lab.run(plan());
        assertThat(next.outcome()).isEqualTo(Outcome.DONE);
        assertThat(next.executed()).isEqualTo(1);
        assertThat(lab.control().executions()).containsExactly("a", "b");
    }

    @Test
    void planIsKilled_taskEndsWithItsMarkerAndTheWorkerEnds() throws Exception {
        lab.control().hold("a");
        ProcessIdentity worker;
        try (Driver driver = Driver.start(lab, IN_WORKERS, "a", "b")) {
            lab.control().awaitExecution("a");
            worker = worker();
            driver.kill();
        }

        goesOnToItsEnd(worker);
        nextRunFindsIt();
    }

    @Test
    void controlC_taskEndsWithItsMarkerAndTheWorkerEnds() throws Exception {
        lab.control().hold("a");
        ProcessIdentity worker;
        try (Driver driver = Driver.start(lab, IN_WORKERS, "a", "b")) {
            lab.control().awaitExecution("a");
            worker = worker();
            driver.interrupt();
            assertThat(driver.exitCode()).isEqualTo(128 + 2);
        }

        goesOnToItsEnd(worker);
        nextRunFindsIt();
    }

    @Test
    void planIsKilled_nextRunWaitsForTheTask() throws Exception {
        lab.control().hold("a");
        try (Driver driver = Driver.start(lab, IN_WORKERS, "a", "b")) {
            lab.control().awaitExecution("a");
            driver.kill();
        }

        RunResult next = lab.run((xp, settings) -> {
            plan().run(xp, settings);
            lab.control().release("a");
        });
        assertThat(next.outcome()).isEqualTo(Outcome.DONE);
        assertThat(next.executed()).isEqualTo(1);
        assertThat(lab.control().executions()).containsExactly("a", "b");
    }

    @Test
    void planAndWorkerAreKilled_nextRunRepeatsTheTaskAndTidiesUp() throws Exception {
        lab.control().hold("a");
        ProcessIdentity worker;
        try (Driver driver = Driver.start(lab, IN_WORKERS, "a", "b")) {
            lab.control().awaitExecution("a");
            worker = worker();
            driver.kill();
        }
        ProcessHandle.of(worker.pid()).orElseThrow().destroyForcibly();
        Poll.until(worker + " is gone", () -> !worker.isAlive());
        assertThat(first().status().findCause()).contains(FailureCause.VANISHED);

        lab.control().release("a");
        RunResult next = lab.run(plan());
        assertThat(next.outcome()).isEqualTo(Outcome.DONE);
        assertThat(next.executed()).isEqualTo(2);
        assertThat(lab.control().executions()).containsExactly("a", "a", "b");
        try (Stream<Path> left = Files.list(lab.workspace().resolve("workers"))) {
            assertThat(left).noneMatch(file -> file.toString().endsWith(".sequence"));
        }
    }
}
