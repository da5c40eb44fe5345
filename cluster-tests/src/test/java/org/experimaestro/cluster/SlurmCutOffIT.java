package org.experimaestro.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.experimaestro.disturbance.program.ProgramOutcome;
import org.experimaestro.disturbance.program.Running;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A plan whose host is cut off from the controller of a real Slurm: meanwhile each of Slurm's commands is in a network of its
 * own, from which nothing can be reached (network_namespaces(7)). No job is run twice.
 */
@NeedsSlurm
class SlurmCutOffIT {
    private static final int JOBS = 4;

    @TempDir
    private Path folder;

    private final TestCluster cluster = TestCluster.slurm();
    private SlurmPlan plan;
    private Path cut;

    @BeforeEach
    void setUp() {
        plan = SlurmPlan.in(folder, cluster);
        cut = folder.resolve("cut");
        CommandFolder commands = CommandFolder.ofSlurm(folder.resolve("commands"));
        commands.within("if [ -e '" + cut + "' ]; then exec unshare --net \"$@\"; else exec \"$@\"; fi");
        plan = plan.with(commands);
    }

    /** The jobs end meanwhile, and the one that depends on them is submitted when the host is connected again. */
    @Test
    void cutOffWhileJobsRun_andHealed_eachJobIsDoneOnce() throws Exception {
        assumeNetworks();
        try (Running driver = plan.start(JOBS)) {
            plan.awaitBegun(JOBS);
            Files.createFile(cut);
            driver.awaitText("until it answers", SlurmPlan.PATIENCE);
            plan.release();
            plan.await("done.json", SlurmPlan.WORK, JOBS);
            driver.awaitText("1 job waits to be submitted, and will be when it answers", SlurmPlan.PATIENCE);
            Files.delete(cut);
            ProgramOutcome outcome = driver.finish(SlurmPlan.PATIENCE);
            assertThat(outcome.out()).as(outcome.toString()).contains("5 jobs: 5 executed, 0 done before.");
        }
        assertDoneOnce();
    }

    /** The plan is killed while its host is cut off, and another one begins before the host is connected again. */
    @Test
    void cutOffAndKilled_andHealed_nextRunDoesEachJobOnce() throws Exception {
        assumeNetworks();
        try (Running driver = plan.start(JOBS)) {
            plan.awaitBegun(JOBS);
            Files.createFile(cut);
            driver.awaitText("until it answers", SlurmPlan.PATIENCE);
            driver.kill();
        }
        try (Running driver = plan.start(JOBS)) {
            driver.awaitText("until it answers", SlurmPlan.PATIENCE);
            plan.release();
            plan.await("done.json", SlurmPlan.WORK, JOBS);
            Files.delete(cut);
            ProgramOutcome outcome = driver.finish(SlurmPlan.PATIENCE);
            assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
        }
        assertDoneOnce();
    }

    private void assertDoneOnce() {
        for (String type : new String[] {SlurmPlan.WORK, SlurmPlan.SUM}) {
            assertThat(plan.read("attempt-2.json", type)).isEmpty();
            assertThat(plan.read("done.json", type)).hasSameSizeAs(plan.folders(type));
        }
    }

    private static void assumeNetworks() throws IOException, InterruptedException {
        boolean canBeMade = new ProcessBuilder("unshare", "--net", "true")
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
        Assumptions.assumeTrue(canBeMade, "Skipped: a network of its own cannot be made for a command");
    }
}
