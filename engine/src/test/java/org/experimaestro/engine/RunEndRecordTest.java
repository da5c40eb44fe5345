package org.experimaestro.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.experimaestro.Experiment;
import org.experimaestro.ExperimentPlan;
import org.experimaestro.LaunchException;
import org.experimaestro.PlanException;
import org.experimaestro.Report;
import org.experimaestro.core.json.JsonObject;
import org.experimaestro.engine.schedule.Phase;
import org.experimaestro.trial.Driver;
import org.experimaestro.trial.DriverMain;
import org.experimaestro.trial.Poll;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.RunRequests;
import org.experimaestro.workspace.Workspace;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The file run.json after each way to end a run. */
@Timeout(120)
@EnabledOnOs(OS.LINUX)
@Tag("thorough")
final class RunEndRecordTest extends LabFixture {
    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM", "HUP"})
    void run_processIsAskedToEnd_recordsTheEnd_andTheJobsThatGoOn(String signal) throws Exception {
        lab.control().hold("a");
        try (Driver driver = Driver.start(lab, "a", "b")) {
            lab.control().awaitExecution("a");
            driver.signal(signal);
        }

        JsonObject run = run();
        assertThat(run.keys()).contains("ended");
        assertThat(run.string("outcome")).isEqualTo("STOPPED");
        assertThat(run.list("left")).hasSize(1);
        assertThat(run.list("notStarted")).hasSize(1);
        lab.control().release("a");
        awaitJobs();
    }

    @Test
    void run_planEndsItsProcess_recordsTheEnd() {
        try (Driver driver = Driver.start(lab, "a", DriverMain.EXIT, "b")) {
            assertThat(driver.exitCode()).isEqualTo(DriverMain.EXIT_CODE);
        }

        assertThat(run().string("outcome")).isEqualTo("STOPPED");
        assertThat(run().integer("jobs", 0, 9)).isEqualTo(1);
        awaitJobs();
    }

    @Test
    void run_processIsKilled_hasNoEnd_andIsSeenToBeGone() {
        lab.control().hold("a");
        try (Driver driver = Driver.start(lab, "a")) {
            lab.control().awaitExecution("a");
            assertThat(new RunRequests(folder()).findSilence()).isEmpty();
            driver.kill();
        }

        assertThat(run().keys()).doesNotContain("ended", "outcome");
        assertThat(new RunRequests(folder()).findSilence().orElseThrow()).startsWith("is gone, with its process ");
        lab.control().release("a");
        awaitJobs();
    }

    @Test
    void run_planThrowsBeforeItsFirstJob_recordsTheEnd() {
        assertThatThrownBy(() -> lab.run((xp, settings) -> {
                    throw new IllegalStateException("no idea");
                }))
                .isInstanceOf(PlanException.class);

        assertThat(run().string("outcome")).isEqualTo("STOPPED");
        assertThat(run().keys()).contains("ended");
    }

    @Test
    void run_reportThrows_keepsTheOutcomeOfTheJobs() {
        assertThatThrownBy(() -> lab.run(new ExperimentPlan<>() {
                    @Override
                    public void run(Experiment xp, String settings) {
                        xp.submit(lab.step("a"));
                    }

                    @Override
                    public void report(Report report) {
                        throw new IllegalStateException("no idea");
                    }
                }))
                .isInstanceOf(PlanException.class);

        assertThat(run().string("outcome")).isEqualTo("DONE");
        assertThat(lab.recorder().ends()).containsExactly("ended 1/1");
    }

    @Test
    void detach_jobsThatCannotBeLeftAlone_isAnErrorThatEndsTheRun() {
        AtomicReference<RunAccount> account = new AtomicReference<>();
        lab.listening(recorder -> new AccountListener(account));
        assertThatThrownBy(() -> lab.detach((xp, settings) -> xp.submit(lab.step("a"))))
                .isInstanceOf(LaunchException.class);

        assertThat(run().string("outcome")).isEqualTo("STOPPED");
        assertThat(run().list("notStarted")).hasSize(1);
        assertThat(account.get().isPlanBroken()).isTrue();
    }

    /** For example because memory is short: there is no session yet that could end the run. */
    @Test
    void run_thatCannotBePrepared_recordsTheEnd() {
        lab.slots(0);
        assertThatThrownBy(() -> lab.run((xp, settings) -> xp.submit(lab.step("a"))))
                .isInstanceOf(IllegalArgumentException.class);

        assertThat(run().string("outcome")).isEqualTo("STOPPED");
    }

    @Test
    void run_interruptedAgainWhileItEnds_recordsTheEnd() throws Exception {
        lab.control().hold("a");
        CompletableFuture<Void> end = new CompletableFuture<>();
        Thread driver = Thread.ofPlatform().daemon().start(() -> {
            try {
                lab.run((xp, settings) -> xp.submit(lab.step("a")));
            } catch (InterruptedException stopped) {
                end.complete(null);
            }
        });
        lab.control().awaitExecution("a");
        while (driver.isAlive()) {
            driver.interrupt();
            Thread.onSpinWait();
        }

        assertThat(end).isDone();
        assertThat(run().string("outcome")).isEqualTo("STOPPED");
        assertThat(run().list("left")).containsExactly(lab.job("a").name());
        assertThat(lab.recorder().ends()).containsExactly("stopped, left [a]");
        lab.control().release("a");
    }

    /** The jobs of another process end by themselves; until then they write into the folder that is deleted next. */
    private void awaitJobs() {
        Poll.until(
                "no job runs",
                () -> Workspace.view(lab.workspace()).jobs().stream()
                        .noneMatch(job -> job.status().isActive()));
    }

    private RunFolder folder() {
        List<RunFolder> runs =
                Workspace.view(lab.workspace()).experiment("trial").runs();
        assertThat(runs).hasSize(1);
        return runs.getFirst();
    }

    private JsonObject run() {
        return folder().description().orElseThrow();
    }

    /** A listener that keeps the account of a run that was stopped. */
    private record AccountListener(AtomicReference<RunAccount> account) implements RunListener {
        @Override
        public void warning(String text) {}

        @Override
        public void submitted(SubmittedTask task) {}

        @Override
        public void changed(SubmittedTask task, Phase phase) {}

        @Override
        public void stopped(RunAccount told) {
            account.set(told);
        }
    }
}
