package org.experimaestro.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.experimaestro.disturbance.program.Await;
import org.experimaestro.disturbance.program.ProgramOutcome;
import org.experimaestro.disturbance.program.Running;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs of a plan whose jobs Slurm does not know any longer, or which has no accounting to know them. No job is run twice. */
@NeedsSlurm
class SlurmForgottenIT {
    @TempDir
    private Path folder;

    /** Of three jobs, one lives, one is killed, and one has not begun: that one is given to Slurm again. */
    @Test
    void purged_whileThePlanWasAway_eachJobIsJudgedByItsFiles() {
        TestCluster cluster = TestCluster.slurm();
        SlurmPlan plan = SlurmPlan.in(folder, cluster);
        try (Running driver = plan.start(3, "-c", "options.array_limit=\"2\"")) {
            plan.awaitBegun(2);
            driver.kill();
        }
        Path waiting = plan.folders(SlurmPlan.WORK).stream()
                .filter(job -> !SlurmPlan.has(job, "process-1.json"))
                .findFirst()
                .orElseThrow();
        Path killed = plan.folders(SlurmPlan.WORK).stream()
                .filter(job -> !job.equals(waiting))
                .findFirst()
                .orElseThrow();
        cluster.output("scontrol", "hold", SlurmPlan.jobId(waiting));
        SlurmPlan.process(killed).destroyForcibly();
        CommandFolder commands = CommandFolder.ofSlurm(folder.resolve("commands"));
        commands.replace("squeue", "echo 'slurm_load_jobs error: Invalid job id specified' >&2; exit 1");
        commands.replace("sacct", "exit 0");

        try (Running driver = plan.with(commands).start(3)) {
            plan.await("process-2.json", SlurmPlan.WORK, 1);
            driver.awaitText("FAILED   " + SlurmPlan.WORK, SlurmPlan.PATIENCE);
            plan.release();
            ProgramOutcome outcome = driver.finish(SlurmPlan.PATIENCE);
            assertThat(outcome.out())
                    .as(outcome.toString())
                    .contains(
                            "ended without a word (killed, crashed, or the machine stopped): cluster does not know the job "
                                    + SlurmPlan.jobId(killed),
                            "4 jobs: 1 executed, 1 executed by another run, 0 done before; 1 FAILED, 1 skipped");
        }
        assertThat(SlurmPlan.has(waiting, "process-2.json")).isTrue();
        cluster.output("scontrol", "release", SlurmPlan.jobId(waiting));
        cluster.awaitState(SlurmPlan.jobId(waiting), "FAILED");
        assertThat(plan.read("stderr-1.log", SlurmPlan.WORK).toString()).contains("was given up or runs already");
        assertThat(plan.run().out()).contains("4 jobs: 2 executed, 2 done before.");
    }

    @Test
    void withoutAccounting_eachCauseIsToldThatTheJobOrTheControllerTells() {
        TestCluster cluster = TestCluster.withoutAccounting();
        SlurmPlan plan = SlurmPlan.in(folder, cluster);
        try (Running driver = plan.start(4, "-c", "trouble=throws")) {
            plan.awaitBegun(4);
            cluster.endNow(SlurmPlan.jobId(plan.work(1)));
            cluster.output("scancel", SlurmPlan.jobId(plan.work(2)));
            Await.until(
                    "two jobs to have failed: " + driver,
                    SlurmPlan.PATIENCE,
                    () -> driver.lines("FAILED").size() == 2);
            plan.release();
            ProgramOutcome outcome = driver.finish(SlurmPlan.PATIENCE);
            assertThat(outcome.out())
                    .as(outcome.toString())
                    .contains(
                            "took longer than its time limit",
                            "was cancelled",
                            "threw an exception: java.lang.IllegalStateException: as asked for",
                            "5 jobs: 1 executed, 0 done before; 3 FAILED, 1 skipped.");
        }
    }
}
