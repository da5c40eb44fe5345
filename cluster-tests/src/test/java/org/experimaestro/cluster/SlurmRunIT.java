package org.experimaestro.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.experimaestro.disturbance.program.Await;
import org.experimaestro.disturbance.program.ProgramOutcome;
import org.experimaestro.disturbance.program.Running;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs of a plan on a real Slurm, with what goes wrong there every day. No job is run twice. */
@NeedsSlurm
class SlurmRunIT {
    @TempDir
    private Path folder;

    private final TestCluster cluster = TestCluster.slurm();
    private SlurmPlan plan;

    @BeforeEach
    void copyPlan() {
        plan = SlurmPlan.in(folder, cluster);
    }

    @Test
    void run_twoPartitions_jobsAreRunOnceWithTheirShare() {
        ProgramOutcome first = plan.run();
        assertThat(first.exitCode()).as(first.toString()).isZero();
        assertThat(first.out()).contains("4 jobs: 4 executed, 0 done before.");
        assertThat(cluster.output("squeue", "-h", "-t", "all", "-o", "%P")).contains("short", "long");
        assertThat(plan.read("done.json", SlurmPlan.WORK))
                .hasSize(3)
                .allSatisfy(done -> assertThat(done).contains("\"processors\": 1.0", "\"left\": "));

        ProgramOutcome second = plan.run();
        assertThat(second.out()).contains("4 jobs: 0 executed, 4 done before.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cards", "spread"})
    void run_twoKindsOfCards_useBoth(String launcher) {
        try (Running driver = plan.start(4, "-c", "tag=" + launcher, "-c", "cards=' & cuda(mem=10G)'")) {
            plan.awaitBegun(4);
            assertThat(cluster.output("squeue", "-a", "-h", "-r", "-t", "R", "-o", "%N")
                            .lines()
                            .sorted())
                    .as("all four jobs run at once, two on each kind of card")
                    .containsExactly("node2", "node2", "node3", "node3");
            plan.release();
            assertThat(driver.finish(SlurmPlan.PATIENCE).exitCode()).isZero();
        }
    }

    @Test
    void run_cardsOfOneKindWithEnoughMemory_useNoOthers() {
        try (Running driver = plan.start(3, "-c", "tag=cards", "-c", "cards=' & cuda(mem=30G)'")) {
            plan.awaitBegun(2);
            assertThat(cluster.output("squeue", "-a", "-h", "-r", "-t", "R", "-o", "%N %P")
                            .lines())
                    .as("the third job waits, although small cards are free")
                    .allMatch(line -> line.startsWith("node3 "))
                    .hasSize(2);
            plan.release();
            assertThat(driver.finish(SlurmPlan.PATIENCE).exitCode()).isZero();
        }
    }

    @Test
    void run_twoNodes_getsTwo() {
        ProgramOutcome outcome = plan.run("-c", "jobs=1", "-c", "options.nodes='2'");
        assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
        // The accounting learns of a job some moments after its end.
        Await.until(
                "the accounting to have a job of two nodes",
                SlurmPlan.PATIENCE,
                () -> cluster.output("sacct", "-nX", "-o", "NNodes")
                        .lines()
                        .anyMatch(nodes -> nodes.strip().equals("2")));
    }

    @Test
    void run_fiveHundredJobs_takesFewCallsOfTheController() {
        CommandFolder commands = CommandFolder.ofSlurm(folder.resolve("commands"));
        ProgramOutcome outcome = plan.with(commands).run("-c", "jobs=500");
        assertThat(outcome.out()).as(outcome.toString()).contains("501 jobs: 501 executed, 0 done before.");
        System.out.println("500 jobs on Slurm: " + commands.calls("sbatch").size() + " calls of sbatch, "
                + commands.calls("squeue").size() + " of squeue, "
                + commands.calls("sacct").size() + " of sacct, "
                + commands.calls("scontrol").size() + " of scontrol");
        assertThat(commands.calls("sbatch")).hasSizeLessThanOrEqualTo(8);
        assertThat(commands.calls().size()).isLessThan(150);
    }

    /**
     * The jobs of a layer become ready one after the other, while those of the layer before end. They are gathered for
     * 1.5 s at most: the slower a machine ends jobs, the more calls it takes.
     */
    @Test
    void run_layersOfTinyJobs_areArraysToo() {
        CommandFolder commands = CommandFolder.ofSlurm(folder.resolve("commands"));
        long start = System.nanoTime();
        ProgramOutcome outcome = plan.with(commands).run("-c", "jobs=100", "-c", "layers=true");
        assertThat(outcome.out()).as(outcome.toString()).contains("301 jobs: 301 executed, 0 done before.");
        System.out.println(
                "3 layers of 100 jobs on Slurm: " + commands.calls("sbatch").size() + " calls of sbatch");
        int windows = (int) (Duration.ofNanos(System.nanoTime() - start).toMillis() / 1500);
        assertThat(commands.calls("sbatch")).hasSizeLessThanOrEqualTo(Math.min(10 + windows, 100));
    }

    @Test
    void kill9_ofThePlan_nextRunWaitsForTheSameJobs() {
        try (Running driver = plan.start(3)) {
            plan.awaitBegun(3);
            driver.kill();
        }
        plan.release();
        ProgramOutcome next = plan.run();
        assertThat(next.out())
                .as(next.toString())
                .contains("4 jobs: 1 executed, ")
                .doesNotContain("FAILED");
        assertThat(plan.read("attempt-2.json", SlurmPlan.WORK)).isEmpty();
    }

    @Test
    void scancel_behindOurBack_isACancelledJob() {
        try (Running driver = plan.start(1)) {
            String job = plan.awaitOnly();
            cluster.run("scancel", job);
            ProgramOutcome outcome = driver.finish(SlurmPlan.PATIENCE);
            assertThat(outcome.exitCode()).isEqualTo(1);
            assertThat(outcome.out()).contains("was cancelled", "1 skipped");
        }
    }

    @Test
    void timeLimit_reached_isTheCause() {
        try (Running driver = plan.start(1)) {
            String job = plan.awaitOnly();
            cluster.endNow(job);
            ProgramOutcome outcome = driver.finish(SlurmPlan.PATIENCE);
            assertThat(outcome.out()).contains("took longer than its time limit");
        }
    }

    @Test
    void requeue_byAnAdministrator_isAnotherAttemptOfTheSameRun() {
        try (Running driver = plan.start(1)) {
            String job = plan.awaitOnly();
            assertThat(cluster.run("scontrol", "requeue", job).exitCode()).isZero();
            cluster.startNow(job);
            plan.await("process-2.json", SlurmPlan.WORK, 1);
            plan.release();
            ProgramOutcome outcome = driver.finish(SlurmPlan.PATIENCE);
            assertThat(outcome.out()).as(outcome.toString()).contains("2 jobs: 2 executed, 0 done before.");
        }
    }

    @Test
    void controllerDown_jobsGoOnAndThePlanSaysSo() {
        try (Running driver = plan.start(1)) {
            plan.awaitOnly();
            cluster.stopController();
            driver.awaitText("jobs go on, and are asked for again until it answers", SlurmPlan.PATIENCE);
            cluster.startController();
            driver.awaitText("answers again", SlurmPlan.PATIENCE);
            plan.release();
            ProgramOutcome outcome = driver.finish(SlurmPlan.PATIENCE);
            assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
        }
    }

    @Test
    void submission_refused_isTheJobsFailureWithSlurmsWords() {
        ProgramOutcome outcome = plan.run("-c", "tag=wrong");
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out()).contains("was refused by its launcher", "nvalid partition", "3 FAILED, 1 skipped");
    }

    @Test
    void detach_chainIsLeftToSlurm_andFoundDoneLater() {
        ProgramOutcome left = plan.run("--detach");
        assertThat(left.exitCode()).as(left.toString()).isZero();
        assertThat(left.out()).contains("4 jobs: 0 executed, 0 done before; 4 left.");
        plan.await("done.json", SlurmPlan.SUM, 1);
        assertThat(plan.run().out()).contains("4 jobs: 0 executed, 4 done before.");
    }
}
