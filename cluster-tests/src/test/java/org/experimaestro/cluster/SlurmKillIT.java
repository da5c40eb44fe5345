package org.experimaestro.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.experimaestro.disturbance.program.ProgramOutcome;
import org.experimaestro.disturbance.program.Running;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs of a real Slurm that somebody ends, with and without a run that waits for them. No job is run twice. */
@NeedsSlurm
class SlurmKillIT {
    private static final String HELD = "tag=held";

    @TempDir
    private Path folder;

    private final TestCluster cluster = TestCluster.slurm();
    private SlurmPlan plan;

    @BeforeEach
    void copyPlan() {
        plan = SlurmPlan.in(folder, cluster);
    }

    @Test
    void kill_whileARunGoesOn_isToldByBoth() {
        try (Running driver = plan.start(1)) {
            plan.awaitOnly();
            ProgramOutcome kill = plan.jobs("kill", SlurmPlan.WORK + "/");
            assertThat(kill.exitCode()).as(kill.toString()).isZero();
            assertThat(kill.out()).contains("was cancelled");
            ProgramOutcome outcome = driver.finish(SlurmPlan.PATIENCE);
            assertThat(outcome.exitCode()).isEqualTo(1);
            assertThat(outcome.out()).contains("was cancelled", "1 FAILED, 1 skipped");
        }
    }

    @Test
    void kill_queuedJobWhileARunGoesOn_isToldByBoth() {
        try (Running driver = plan.start(1, "-c", HELD)) {
            driver.awaitText(": PENDING (JobHeldUser)", SlurmPlan.PATIENCE);
            assertThat(plan.jobs("kill", SlurmPlan.WORK + "/").out()).contains("was cancelled: CANCELLED");
            ProgramOutcome outcome = driver.finish(SlurmPlan.PATIENCE);
            assertThat(outcome.out()).contains("was cancelled: CANCELLED", "1 FAILED, 1 skipped");
        }
    }

    @Test
    void kill_withoutARun_isListedAsCancelled_andRunsAgain() {
        try (Running driver = plan.start(2)) {
            plan.awaitBegun(2);
            driver.kill();
        }
        Path job = plan.folders(SlurmPlan.WORK).getFirst();
        assertThat(plan.jobs("list").lines().stream().filter(line -> line.contains("running")))
                .hasSize(2);

        ProgramOutcome kill = plan.jobs("kill", SlurmPlan.WORK + "/" + job.getFileName());

        assertThat(kill.out()).as(kill.toString()).contains(job.getFileName() + " was cancelled");
        assertThat(plan.jobs("list", "--state", "failed").out()).contains("was cancelled");
        plan.release();
        assertThat(plan.run("-c", "jobs=2").out())
                .containsPattern("3 jobs: 2 executed, .*\\b1 (executed by another run|done before)");
        assertThat(plan.read("attempt-2.json", SlurmPlan.WORK)).hasSize(1);
    }

    @Test
    void kill_queuedJobsThatWereLeftToSlurm_areListedAsCancelled() {
        plan.run("-c", "jobs=1", "-c", HELD, "--detach");
        assertThat(plan.jobs("list").out()).contains("queued");

        ProgramOutcome kill = plan.jobs("kill", SlurmPlan.WORK + "/", SlurmPlan.SUM + "/");

        assertThat(kill.exitCode()).as(kill.toString()).isZero();
        assertThat(plan.jobs("list").lines().stream().filter(line -> line.contains("was cancelled: CANCELLED")))
                .hasSize(2);
    }

    @Test
    void killedBehindOurBack_withoutARun_isToldByTheNextOne() {
        try (Running driver = plan.start(1)) {
            plan.awaitOnly();
            driver.kill();
        }
        Path job = plan.folders(SlurmPlan.WORK).getFirst();
        SlurmPlan.process(job).destroyForcibly();
        cluster.awaitState(SlurmPlan.jobId(job), "FAILED");
        assertThat(plan.jobs("list").out()).contains("running", "no sign of life");

        plan.release();
        ProgramOutcome next = plan.run("-c", "jobs=1");

        assertThat(next.out())
                .as(next.toString())
                .contains(
                        "ended without a word (killed, crashed, or the machine stopped): FAILED",
                        "2 jobs: 0 executed, 0 done before; 1 FAILED, 1 skipped");
        assertThat(plan.jobs("list").out()).contains("failed", "ended without a word");
        assertThat(plan.run("-c", "jobs=1").out()).contains("2 jobs: 2 executed, 0 done before.");
    }

    @Test
    void cancelledBehindOurBack_queuedWithoutARun_isToldByTheNextOne() {
        try (Running driver = plan.start(1, "-c", HELD)) {
            driver.awaitText(": PENDING (JobHeldUser)", SlurmPlan.PATIENCE);
            driver.kill();
        }
        cluster.output("scancel", SlurmPlan.jobId(plan.folders(SlurmPlan.WORK).getFirst()));
        assertThat(plan.jobs("list").out()).contains("queued");

        ProgramOutcome next = plan.run("-c", "jobs=1");

        assertThat(next.out())
                .as(next.toString())
                .contains("was cancelled: CANCELLED", "2 jobs: 0 executed, 0 done before; 1 FAILED, 1 skipped");
        assertThat(plan.run("-c", "jobs=1").out()).contains("2 jobs: 2 executed, 0 done before.");
    }
}
