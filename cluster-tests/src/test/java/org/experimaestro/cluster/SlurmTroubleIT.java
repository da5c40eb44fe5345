package org.experimaestro.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.experimaestro.disturbance.program.Await;
import org.experimaestro.disturbance.program.ProgramOutcome;
import org.experimaestro.disturbance.program.Running;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs of a plan while Slurm ends, stops or forgets to answer for their jobs. No job is run twice. */
@NeedsSlurm
class SlurmTroubleIT {
    /** Slurm's commands give up a controller that does not answer after ten seconds; who is asked to end does not wait for it. */
    private static final Duration SOON = Duration.ofSeconds(5);

    @TempDir
    private Path folder;

    private final TestCluster cluster = TestCluster.slurm();
    private SlurmPlan plan;

    @BeforeEach
    void copyPlan() {
        plan = SlurmPlan.in(folder, cluster);
    }

    @Test
    void nodeLost_jobThatIsNotRequeued_isTheCause() {
        try (Running driver = plan.start(1, "-c", "options.requeue=\"false\"")) {
            cluster.setNodeDown(cluster.node(plan.awaitOnly()));
            ProgramOutcome outcome = driver.finish(SlurmPlan.PATIENCE);
            assertThat(outcome.exitCode()).isEqualTo(1);
            assertThat(outcome.out()).contains("lost its host", "1 FAILED, 1 skipped");
        }
        plan.release();
        assertThat(plan.run("-c", "jobs=1").out()).contains("2 jobs: 2 executed, 0 done before.");
    }

    /** Nobody can end the process on a node that nobody reaches: the new one, on another node, waits for it. */
    @Test
    void nodeCutOff_jobIsRequeued_runsOnceAllTheSame() {
        try (Running driver = plan.start(1)) {
            String job = plan.awaitOnly();
            String node = cluster.node(job);
            ProcessHandle old = SlurmPlan.process(plan.folders(SlurmPlan.WORK).getFirst());
            cluster.killDaemon(node);
            cluster.setNodeDown(node);
            cluster.startNow(job);
            Await.until(
                    "the new process to find the old one",
                    SlurmPlan.PATIENCE,
                    () -> plan.read("stderr-1.log", SlurmPlan.WORK).getFirst().contains("waiting for its end"));
            assertThat(old.isAlive()).isTrue();
            plan.release();
            ProgramOutcome outcome = driver.finish(SlurmPlan.PATIENCE);
            assertThat(outcome.out()).as(outcome.toString()).contains("2 jobs: 2 executed, 0 done before.");
        }
        assertThat(plan.read("done.json", SlurmPlan.WORK)).hasSize(1);
        assertThat(plan.read("attempt-2.json", SlurmPlan.WORK)).isEmpty();
    }

    /** The node has died with its processes. */
    @Test
    void nodeDied_jobIsRequeued_isAnotherAttemptOfTheSameRun() {
        try (Running driver = plan.start(1)) {
            String job = plan.awaitOnly();
            String node = cluster.node(job);
            cluster.killDaemon(node);
            cluster.setNodeDown(node);
            SlurmPlan.process(plan.folders(SlurmPlan.WORK).getFirst()).destroyForcibly();
            cluster.startNow(job);
            plan.await("process-2.json", SlurmPlan.WORK, 1);
            plan.release();
            ProgramOutcome outcome = driver.finish(SlurmPlan.PATIENCE);
            assertThat(outcome.out()).as(outcome.toString()).contains("2 jobs: 2 executed, 0 done before.");
        }
    }

    @Test
    void preempted_cancelled_isTheCause() {
        try (Running driver = plan.start(1)) {
            cluster.preempt(plan.awaitOnly(), "CANCEL");
            ProgramOutcome outcome = driver.finish(SlurmPlan.PATIENCE);
            assertThat(outcome.out()).contains("was preempted", "1 FAILED, 1 skipped");
        }
    }

    @Test
    void preempted_requeued_isAnotherAttemptOfTheSameRun() {
        try (Running driver = plan.start(1)) {
            String job = plan.awaitOnly();
            cluster.preempt(job, "REQUEUE");
            cluster.startNow(job);
            plan.await("process-2.json", SlurmPlan.WORK, 1);
            plan.release();
            ProgramOutcome outcome = driver.finish(SlurmPlan.PATIENCE);
            assertThat(outcome.out()).as(outcome.toString()).contains("2 jobs: 2 executed, 0 done before.");
        }
        assertThat(plan.read("failed-1.json", SlurmPlan.WORK).getFirst()).contains("PREEMPTED");
    }

    @Test
    void suspended_thePlanSaysSo_andGoesOnWithTheJob() {
        try (Running driver = plan.start(1)) {
            String job = plan.awaitOnly();
            cluster.output("scontrol", "suspend", job);
            driver.awaitText(": SUSPENDED", SlurmPlan.PATIENCE);
            plan.release();
            cluster.output("scontrol", "resume", job);
            ProgramOutcome outcome = driver.finish(SlurmPlan.PATIENCE);
            assertThat(outcome.out()).as(outcome.toString()).contains("2 jobs: 2 executed, 0 done before.");
        }
    }

    @Test
    void slowController_thePlanSaysSo_andCanBeStopped() {
        try (Running driver = plan.start(1)) {
            plan.awaitOnly();
            cluster.pauseController();
            driver.awaitText("jobs go on, and are asked for again until it answers", SlurmPlan.PATIENCE);
            driver.interrupt();
            ProgramOutcome outcome = driver.finish(SOON);
            assertThat(outcome.out()).contains("1 job keeps running; run the same command again to wait for it.");
        }
        try (Running driver = plan.start(1)) {
            plan.release();
            plan.await("done.json", SlurmPlan.WORK, 1);
            cluster.resumeController();
            ProgramOutcome outcome = driver.finish(SlurmPlan.PATIENCE);
            assertThat(outcome.out())
                    .as(outcome.toString())
                    .containsPattern("2 jobs: 1 executed, (1 executed by another run, 0|1) done before\\.");
        }
        assertThat(plan.read("attempt-2.json", SlurmPlan.WORK)).isEmpty();
    }

    /** A controller that has not answered in time may take the job all the same; so that job is given to Slurm twice. */
    @Test
    void slowController_atTheSubmission_runsTheJobOnce() {
        cluster.pauseController();
        try (Running driver = plan.start(1)) {
            driver.awaitText("1 job waits to be submitted, and will be when it answers", SlurmPlan.PATIENCE);
            cluster.resumeController();
            driver.awaitText("answers again", SlurmPlan.PATIENCE);
            plan.awaitBegun(1);
            Await.until(
                    "one of two jobs of Slurm to find that it is not needed",
                    SlurmPlan.PATIENCE,
                    () -> cluster.output("squeue", "-h", "-t", "all", "-o", "%T %Z")
                            .lines()
                            .anyMatch(line -> line.startsWith("FAILED") && line.contains(folder.toString())));
            plan.release();
            ProgramOutcome outcome = driver.finish(SlurmPlan.PATIENCE);
            assertThat(outcome.out()).as(outcome.toString()).contains("2 jobs: 2 executed, 0 done before.");
        }
        assertThat(plan.read("attempt-2.json", SlurmPlan.WORK)).isEmpty();
        assertThat(plan.read("stderr-1.log", SlurmPlan.WORK).getFirst()).contains("was given up or runs already");
    }

    @Test
    void memory_moreThanAskedFor_isTheCauseWhereCgroupsTell() {
        ProgramOutcome outcome = plan.run("-c", "jobs=1", "-c", "trouble=hogs");
        assertThat(outcome.exitCode()).as(outcome.toString()).isEqualTo(1);
        if (cluster.usesCgroups()) {
            assertThat(outcome.out()).contains("used more memory than its limit: OUT_OF_MEMORY");
        } else {
            assertThat(outcome.out())
                    .contains("ended without a word (killed, crashed, or the machine stopped): FAILED");
        }
    }

    @Test
    void pending_forAReasonThatStays_isToldAndCancelled() {
        ProgramOutcome outcome = plan.run("-c", "jobs=1", "-c", "options.time=\"10\"");
        assertThat(outcome.exitCode()).as(outcome.toString()).isEqualTo(1);
        assertThat(outcome.out())
                .contains("was refused by its launcher: it would wait for ever: PENDING (Partition", "1 skipped");
        Path job = plan.folders(SlurmPlan.WORK).getFirst();
        cluster.awaitState(SlurmPlan.jobId(job), "CANCELLED");
        assertThat(Files.exists(job.resolve(".experimaestro/stdout-1.log"))).isFalse();
    }
}
