package org.experimaestro.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.experimaestro.Config;
import org.experimaestro.ExperimentPlan;
import org.experimaestro.Outcome;
import org.experimaestro.base.process.JobVariables;
import org.experimaestro.trial.Driver;
import org.experimaestro.trial.Lab;
import org.experimaestro.trial.Written;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobState;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.Workspace;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Plans' processes and jobs' processes that race and die. */
@Timeout(120)
@EnabledOnOs(OS.LINUX)
@Tag("thorough")
final class DriverDeathTest extends LabFixture {
    @Test
    void twoRunsInOneProcess_executeEachJobOnce() throws Exception {
        ExperimentPlan<String> plan = (xp, settings) -> {
            Config<Written> a = xp.submit(lab.step("a"));
            Config<Written> b = xp.submit(lab.step("b"));
            xp.submit(lab.step("c", a, b));
        };
        CompletableFuture<RunResult> one = lab.start(plan);
        CompletableFuture<RunResult> two = lab.start(plan);

        assertThat(one.get().outcome()).isEqualTo(Outcome.DONE);
        assertThat(two.get().outcome()).isEqualTo(Outcome.DONE);
        assertThat(one.get().executed() + two.get().executed()).isEqualTo(3);
        assertThat(lab.control().executions()).containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void twoProcesses_executeEachJobOnce() {
        try (Driver one = Driver.start(lab, "a", "b", "c");
                Driver two = Driver.start(lab, "a", "b", "c")) {
            assertThat(one.exitCode()).isZero();
            assertThat(two.exitCode()).isZero();
        }

        assertThat(lab.control().executions()).containsExactly("a", "b", "c");
    }

    @Test
    void planInsideAJobOfAnotherPlan_isNotToldWhatThatJobNeeds() {
        Map<String, String> outer =
                Map.of(JobVariables.NEEDS, "trial.step/00000000000000000000000000000001", JobVariables.RESTARTS, "1");
        try (Driver driver = Driver.start(lab, outer, "a")) {
            assertThat(driver.exitCode()).isZero();
        }
    }

    @Test
    void driverIsKilled_jobLivesOn_andTheNextRunWaitsForIt() throws Exception {
        lab.control().hold("a");
        try (Driver driver = Driver.start(lab, "a", "b")) {
            lab.control().awaitExecution("a");
            driver.kill();
        }
        assertThat(first().status().state()).isEqualTo(JobState.RUNNING);

        finish();
    }

    @Test
    void controlC_jobLivesOn_andTheNextRunWaitsForIt() throws Exception {
        lab.control().hold("a");
        try (Driver driver = Driver.start(lab, "a", "b")) {
            lab.control().awaitExecution("a");
            driver.interrupt();
            assertThat(driver.exitCode()).isEqualTo(128 + 2);
        }
        assertThat(first().status().state()).isEqualTo(JobState.RUNNING);

        finish();
    }

    @Test
    void driverAndJobAreKilled_nextRunRepeatsIt() throws Exception {
        lab.control().hold("a");
        try (Driver driver = Driver.start(lab, "a", "b")) {
            lab.control().awaitExecution("a");
            driver.kill();
        }
        killJob("a");
        JobStatus status = first().status();
        assertThat(status.state()).isEqualTo(JobState.FAILED);
        assertThat(status.findCause()).contains(FailureCause.VANISHED);

        lab.control().release("a");
        RunResult next = lab.run(plan());
        assertThat(next.outcome()).isEqualTo(Outcome.DONE);
        assertThat(next.executed()).isEqualTo(2);
        assertThat(lab.control().executions()).containsExactly("a", "a", "b");
    }

    @Test
    void jobIsKilled_isReportedWithTheSignal_andRepeatedByTheNextRun() throws Exception {
        lab.control().hold("a");
        CompletableFuture<RunResult> run = lab.start(plan());
        lab.control().awaitExecution("a");
        killJob("a");

        RunAccount.Job failure = run.get().failures().get(0);
        assertThat(failure.status().findCause()).contains(FailureCause.VANISHED);
        assertThat(failure.status().message()).contains("killed by signal 9");
        assertThat(run.get().skipped()).extracting(Lab::name).containsExactly("b");

        lab.control().release("a");
        RunResult next = lab.run(plan());
        assertThat(next.outcome()).isEqualTo(Outcome.DONE);
        assertThat(lab.status("a").lastAttempt()).hasValue(2);
    }

    /**
     * The second run waits for the first one's job, which fails. Where it fails before the second run looks again, that
     * may repeat it, as any later run does: what counts is that both tell, and that each execution has one owner.
     */
    @Test
    void jobOfAnotherRunFails_bothRunsReportIt() throws Exception {
        lab.control().hold("a");
        lab.control().fail("a");
        CompletableFuture<RunResult> one = lab.start(plan());
        lab.control().awaitExecution("a");
        CompletableFuture<RunResult> two = lab.start((xp, settings) -> {
            plan().run(xp, settings);
            lab.control().release("a");
        });

        assertThat(one.get().failures()).hasSize(1);
        assertThat(two.get().failures()).hasSize(1);
        assertThat(two.get().skipped()).hasSize(1);
        assertThat(lab.control().executions())
                .hasSize(lab.status("a").lastAttempt().orElseThrow())
                .containsOnly("a");
    }

    private ExperimentPlan<String> plan() {
        return (xp, settings) -> xp.submit(lab.step("b", xp.submit(lab.step("a"))));
    }

    private void finish() throws Exception {
        RunResult next = lab.run((xp, settings) -> {
            plan().run(xp, settings);
            lab.control().release("a");
        });
        assertThat(next.outcome()).isEqualTo(Outcome.DONE);
        assertThat(next.executed()).isEqualTo(1);
        assertThat(lab.control().executions()).containsExactly("a", "b");
    }

    private JobFolder first() {
        return Workspace.view(lab.workspace()).job("trial.step", lab.step("a").id());
    }
}
